//! What a target costs: what the operator wrote, else the built-in tables.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::Provider;
use crate::dialect::Usage;
use crate::prices::{Price, builtin};
use crate::units::{Moment, PicoUsd};

/// The operator's price, for as long as it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dated {
    /// From this moment on.
    pub from: Option<Moment>,
    /// Up to this moment, without it.
    pub until: Option<Moment>,
    /// The price.
    pub price: Rc<Price>,
}

impl Dated {
    fn holds(&self, at: Moment) -> bool {
        self.from.is_none_or(|from| from <= at) && self.until.is_none_or(|until| at < until)
    }
}

/// Prices by target (`gpt-4o/openai`), or by model for every provider; one `*` in a name stands for any text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prices {
    exact: HashMap<String, Vec<Dated>>,
    /// What stands before the `*` and behind it; the longest first.
    patterns: Vec<(String, String, Vec<Dated>)>,
    /// What the built-in tables said, on one day: to read them costs more than the rest of a request's price.
    read: RefCell<Read>,
}

/// Built-in prices that were read, by kind of provider, region and model.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Read {
    /// Since 1970.
    day: u64,
    prices: HashMap<String, Option<Rc<Price>>>,
}

/// So many are kept: clients may invent names.
const MOST_READ: usize = 1024;
/// Longer names are read anew.
const LONGEST_READ: usize = 256;

impl Prices {
    /// Adds the prices of a name.
    pub fn add(&mut self, name: &str, prices: Vec<Dated>) {
        match name.split_once('*') {
            None => {
                self.exact.insert(name.to_owned(), prices);
            }
            Some((start, end)) => {
                let row = (start.to_owned(), end.to_owned(), prices);
                self.patterns.push(row);
                self.patterns.sort_by_key(|(start, end, _)| {
                    std::cmp::Reverse(start.len().saturating_add(end.len()))
                });
            }
        }
    }

    /// The price of a model at a provider, at a moment; `None` when it is not known.
    pub fn find(&self, model: &str, provider: &Provider, at: Moment) -> Option<Rc<Price>> {
        if let Some(own) = self.own(model, &provider.name, at) {
            return Some(Rc::clone(own));
        }
        let (kind, region) = (provider.row.kind, provider.region());
        let read = || builtin(kind, model, region, at).map(Rc::new);
        let key = [kind, "\0", region.unwrap_or_default(), "\0", model].concat();
        if key.len() > LONGEST_READ {
            return read();
        }
        let day = at.0 / 1_000_000_000 / 86_400;
        let mut known = self.read.borrow_mut();
        if known.day != day || known.prices.len() >= MOST_READ {
            known.prices.clear();
            known.day = day;
        }
        known.prices.entry(key).or_insert_with(read).clone()
    }

    /// What a request cost: by the operator's price, else what the provider says that it charges, else by the
    /// built-in one. Rounded to the nearest nano-dollar, so that what is told of requests adds up.
    pub fn cost(
        &self,
        model: &str,
        provider: &Provider,
        usage: &Usage,
        at: Moment,
    ) -> Option<PicoUsd> {
        let cost = match self.own(model, &provider.name, at) {
            Some(own) => own.of(usage)?,
            None => match usage.charged {
                Some(charged) => charged,
                None => self.find(model, provider, at)?.of(usage)?,
            },
        };
        Some(cost.rounded())
    }

    fn own(&self, model: &str, provider: &str, at: Moment) -> Option<&Rc<Price>> {
        if self.exact.is_empty() && self.patterns.is_empty() {
            return None;
        }
        let target = [model, "/", provider].concat();
        let names = [target.as_str(), model];
        let exact = names.iter().filter_map(|name| self.exact.get(*name));
        let like = self.patterns.iter().filter(|(start, end, _)| {
            names.iter().any(|name| {
                let rest = name.strip_prefix(start.as_str());
                rest.is_some_and(|rest| rest.ends_with(end.as_str()))
            })
        });
        let rows = exact.chain(like.map(|(_, _, rows)| rows));
        let mut holding = rows.flatten().filter(|row| row.holds(at));
        holding.next().map(|row| &row.price)
    }
}
