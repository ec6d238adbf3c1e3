//! Who calls, where Envoy has found it out.

/// The attributes that say it; one that is empty says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// The id of a key, listed or not.
    pub key: Attribute,
    /// The team.
    pub team: Attribute,
    /// The user.
    pub user: Attribute,
    /// What was agreed on.
    pub plan: Attribute,
}

/// The path of an attribute, such as `request`, `headers`, `x-user`.
pub type Attribute = Vec<String>;

impl Identity {
    /// The request headers that are read: they are no provider's business.
    pub fn headers(&self) -> impl Iterator<Item = &str> {
        let all = [&self.key, &self.team, &self.user, &self.plan];
        all.into_iter().filter_map(|path| match path.as_slice() {
            [request, headers, name] if request == "request" && headers == "headers" => {
                Some(name.as_str())
            }
            _ => None,
        })
    }
}
