//! What prose says of people: names, dates of birth, postal addresses. None has a check; words and forms decide.
//!
//! | file | owns |
//! | --- | --- |
//! | `birth`, `months` | dates that a word such as *born* announces |
//! | `address`, `locality`, `streets`, `word` | street, number, town and postcode in the forms of the main countries |
//! | `name`, `given`, `family`, `list` | names after titles, salutations and the like, and those of the table |

mod address;
mod birth;
mod family;
mod given;
mod list;
mod locality;
mod months;
mod name;
mod streets;
#[cfg(test)]
mod tests;
mod word;

pub(super) use address::at as address;
pub(super) use birth::at as birth;
pub(super) use name::at as name;
