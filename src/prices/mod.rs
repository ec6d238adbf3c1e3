//! The built-in prices: what the providers' models cost, by the kind of provider and the model's name.
//!
//! `build/generate.py` writes the tables from public ones and says what their lines mean. They are read as
//! they stand, by binary search: nothing is made of them when a worker starts.

mod line;
mod name;
mod price;
mod tables;

pub use price::{Above, Price, Rates};
pub use tables::{DATE, builtin, names};

#[cfg(test)]
mod tests;
