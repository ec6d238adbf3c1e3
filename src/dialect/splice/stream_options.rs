//! `stream_options.include_usage`: whether the client asked for it, and the edits that switch it on
//! or take the option out.

use std::ops::Range;

use super::draft::Stop;
use crate::json::{Edit, Kind, Reader};

/// What is put in when the client sent no `stream_options`.
const INSERTED: &str = "\"stream_options\":{\"include_usage\":true},";

/// How `stream_options` stands in a body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StreamOptions {
    /// The client asked for usage.
    pub asked: bool,
    /// One past the body's opening brace.
    pub(super) insert_at: usize,
    /// Where the member stands, a comma included; `None` when it is absent.
    member: Option<Range<usize>>,
    /// The edit that switches usage on in a member that is there.
    switch: Option<Edit>,
}

impl StreamOptions {
    /// The edit that makes the provider report usage; `None` when the client's own words do.
    pub fn switch_on(&self) -> Option<Edit> {
        match (&self.member, self.asked) {
            (_, true) => None,
            (None, _) => Some(Edit::new(self.insert_at..self.insert_at, INSERTED)),
            (Some(_), _) => self.switch.clone(),
        }
    }

    /// The edit that takes the option out, a comma with it; `None` when it is not there.
    pub fn take_out(&self) -> Option<Edit> {
        let member = self.member.clone()?;
        Some(Edit::new(member, ""))
    }

    /// Reads the value. `key` is where its key begins, `previous` where the member before it ended.
    pub(super) fn read(
        &mut self,
        reader: &mut Reader<'_>,
        key: usize,
        previous: Option<usize>,
    ) -> Result<(), Stop> {
        match reader.kind()? {
            Kind::Object => self.object(reader)?,
            Kind::Null => {
                let at = reader.skip()?;
                self.switch = Some(Edit::new(at, "{\"include_usage\":true}"));
            }
            found => {
                let what = format!("expected an object, found {found}");
                return Err(Stop::Field("stream_options".to_owned(), what));
            }
        }
        let end = reader.end_of_last();
        // The comma before it goes with it; of the first member, the comma behind it.
        self.member = Some(match previous {
            Some(previous) => previous..end,
            None => {
                let comma = reader.place();
                let more = reader.json().as_bytes().get(comma) == Some(&b',');
                key..if more { comma.saturating_add(1) } else { end }
            }
        });
        Ok(())
    }

    fn object(&mut self, reader: &mut Reader<'_>) -> Result<(), Stop> {
        reader.enter_object()?;
        let open = reader.end_of_last();
        let mut empty = true;
        let mut found = None;
        while let Some(key) = reader.next_key()? {
            empty = false;
            if key.text(reader.json()) == "include_usage" {
                let kind = reader.kind()?;
                let at = reader.skip()?;
                self.asked = kind == Kind::Bool && reader.json().get(at.clone()) == Some("true");
                found = Some(at);
            } else {
                reader.skip()?;
            }
        }
        self.switch = Some(match found {
            Some(at) => Edit::new(at, "true"),
            None if empty => Edit::new(open..open, "\"include_usage\":true"),
            None => Edit::new(open..open, "\"include_usage\":true,"),
        });
        Ok(())
    }
}
