//! A request while it is written.

use serde_json::{Map, Value};

use super::family::Family;
use crate::dialect::neutral::{CacheMark, Field, Place, Request};

/// What is known and gathered while a request is written.
pub(super) struct Draft<'a> {
    pub(super) request: &'a Request,
    pub(super) family: Family,
    /// `additionalModelRequestFields`.
    pub(super) more: Map<String, Value>,
    pub(super) dropped: Vec<Place>,
}

impl Draft<'_> {
    /// Notes that something was left out; once is enough.
    pub(super) fn leave(&mut self, place: impl Into<Place>) {
        let place = place.into();
        if !self.dropped.contains(&place) {
            self.dropped.push(place);
        }
    }

    /// Marks the prompt up to here for the cache. Two marks in one place are one; no mark stands at the
    /// beginning.
    pub(super) fn mark(&mut self, mark: &CacheMark, blocks: &mut Vec<Value>) {
        if !self.family.caches() {
            return self.leave(Field::CacheMark);
        }
        let is_mark = |block: &Value| block.get("cachePoint").is_some();
        if blocks.last().is_none_or(is_mark) {
            return;
        }
        let mut point = Map::new();
        point.insert("type".into(), "default".into());
        // Five minutes is the default, and models that know nothing else do not know the field.
        if mark.ttl.as_deref() == Some("1h") && self.family.is_claude() {
            point.insert("ttl".into(), "1h".into());
        }
        let point = Value::Object(point);
        blocks.push(serde_json::json!({ "cachePoint": point }));
    }
}
