//! The classes of characters the patterns speak of, one bit each; the build script shares this file.

/// None of the others: punctuation, symbols, controls, unassigned.
pub const OTHER: u8 = 1;
/// `\p{M}`.
pub const MARK: u8 = 2;
/// `\p{Lu}` and `\p{Lt}`.
pub const UPPER: u8 = 4;
/// `\p{Ll}`.
pub const LOWER: u8 = 8;
/// `\p{Lm}` and `\p{Lo}`: o200k takes them for upper and for lower case.
pub const BOTH: u8 = 16;
/// `\p{N}`.
pub const DIGIT: u8 = 32;
/// `\s`, but for carriage return and line feed.
pub const SPACE: u8 = 64;
/// Carriage return and line feed.
pub const NEWLINE: u8 = 128;
/// Behind the last character: in no class.
pub const END: u8 = 0;

/// `\p{L}`.
pub const LETTER: u8 = UPPER | LOWER | BOTH;
/// `\s`.
pub const WHITE: u8 = SPACE | NEWLINE;
/// `[^\s\p{L}\p{N}]`.
pub const SYMBOL: u8 = OTHER | MARK;
/// `[^\r\n\p{L}\p{N}]`.
pub const LEAD: u8 = OTHER | MARK | SPACE;
/// `[\p{Ll}\p{Lm}\p{Lo}\p{M}]`.
pub const LOWER_SET: u8 = LOWER | BOTH | MARK;
