//! What the name says that a value is assigned to: `db_password`, `X-Api-Key`, `githubToken`.

/// How much a name says of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// A word that people choose: short values count.
    Password,
    /// A token or key that a machine drew.
    Token,
    /// Some key, or an issuer's name: only what was drawn beyond doubt counts.
    Key,
}

/// Words that a name may hold, in lower case.
struct Stems {
    list: &'static [&'static str],
    /// By the first letter, the second ones, a bit each: most places of most names are told apart by them.
    seconds: [u32; 26],
}

impl Stems {
    #[expect(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "made of constants, and a fault would end the build"
    )]
    const fn of(list: &'static [&'static str]) -> Stems {
        let mut seconds = [0; 26];
        let mut nth = 0;
        while nth < list.len() {
            let stem = list[nth].as_bytes();
            if stem[0] < 0x80 {
                seconds[(stem[0] - b'a') as usize] |= 1 << (stem[1] & 31);
            }
            nth += 1;
        }
        Stems { list, seconds }
    }

    /// Whether one of the stems stands in `name`.
    fn stand_in(&self, name: &str) -> bool {
        let bytes = name.as_bytes();
        bytes.windows(2).enumerate().any(|(at, pair)| {
            let [first, second] = pair else { return false };
            let own = |stem: &&&str| stem.as_bytes().first() == Some(first);
            let place = usize::from(first.wrapping_sub(b'a'));
            let seconds = self.seconds.get(place).copied().unwrap_or(0);
            let bit = 1u32.checked_shl(u32::from(second & 31)).unwrap_or(0);
            let rest = bytes.get(at..).unwrap_or(&[]);
            (seconds & bit != 0 || *first >= 0x80)
                && self
                    .list
                    .iter()
                    .filter(own)
                    .any(|stem| rest.starts_with(stem.as_bytes()))
        })
    }
}

/// Stems of passwords, lower case, `_`, `-` and the like left out.
#[rustfmt::skip]
const PASSWORDS: Stems = Stems::of(&[
    "passwd", "password", "passwort", "passphrase", "passcode", "kennwort", "contrasena", "contraseña", "motdepasse",
    "senha", "wachtwoord", "haslo", "hasło", "lösenord", "пароль", "密码", "密碼", "パスワード", "비밀번호", "dbpass", "userpass",
    "mysqlpwd", "adminpass", "sshpass", "dbpwd", "rootpass", "smtppass", "redispass",
]);

/// Whole names of passwords.
const PASSWORD_NAMES: &[&str] = &["pass", "psw", "pw", "pwd", "pswd"];

/// Stems of tokens and keys.
#[rustfmt::skip]
const TOKENS: Stems = Stems::of(&[
    "secret", "token", "apikey", "accesskey", "privatekey", "authkey", "credential", "creds", "bearer", "encryptionkey",
    "signingkey", "masterkey", "accountkey", "sharedkey", "storagekey", "servicekey", "licensekey", "licencekey", "appkey",
    "clientkey", "userkey", "adminkey", "functionskey", "hmackey", "cryptkey", "deploykey", "sessionkey", "restkey",
    "webhookkey", "integrationkey", "ingestionkey", "subscriptionkey", "sharedaccesskey", "appsec",
]);

/// Whole names of tokens.
const TOKEN_NAMES: &[&str] = &[
    "auth",
    "authorization",
    "proxyauthorization",
    "xauth",
    "sig",
    "jwt",
    "pat",
    "session",
];

/// Issuers whose name alone announces a key.
#[rustfmt::skip]
const ISSUERS: Stems = Stems::of(&[
    "adafruit", "adobe", "airtable", "algolia", "alibaba", "anthropic", "artifactory", "asana", "assemblyai", "atlassian",
    "aws", "azure", "beamer", "bintray", "bitbucket", "bittrex", "cloudflare", "codecov", "cohere", "coinbase", "confluence",
    "confluent", "contentful", "contribsys", "databricks", "datadog", "deepgram", "deepseek", "digitalocean", "discord", "dnkey",
    "docker", "doppler", "droneci", "dropbox", "elastic", "elevenlabs", "etsy", "facebook", "fastly", "figma", "finicity",
    "finnhub", "firebase", "flickr", "freshbooks", "gemini", "github", "gitlab", "gitter", "gocardless", "grafana", "groq",
    "heroku", "hubspot", "huggingface", "intercom", "jenkins", "jfrog", "jira", "kraken", "kucoin", "langsmith",
    "launchdarkly", "linear", "linkedin", "lobapi", "looker", "mailchimp", "mailgun", "mapbox", "mattermost", "meraki",
    "messagebird", "mistral", "netlify", "newrelic", "newyorktimes", "nytimes", "okta", "openai", "pagerduty", "perplexity", "pinecone",
    "plaid", "privateai", "pusher", "rapidapi", "replicate", "segment", "sendbird", "sendgrid", "sentry", "shopify", "slack",
    "snyk", "sonar", "sourcegraph", "square", "stability", "stripe", "sumo", "supabase", "telegram", "travis", "trello",
    "twilio", "twitch", "twitter", "typeform", "vault", "vercel", "xray", "yandex", "zendesk",
]);

/// Last words of names whose value is no credential, and stems that keep a name from being one.
#[rustfmt::skip]
const TAILS: &[&str] = &[
    "address", "algorithm", "alg", "arn", "attempts", "audience", "class", "code", "column", "count", "created", "date",
    "description", "digest", "enabled", "encoding", "endpoint", "env", "error", "expiration", "expires", "expiry", "field",
    "file", "filename", "fingerprint", "format", "header", "hint", "host", "id", "identifier", "ids", "in", "index", "issuer",
    "kind", "label", "len", "length", "level", "limit", "manager", "max", "message", "min", "mode", "model", "name", "names",
    "namespace", "number", "path", "placeholder", "policy", "port", "prefix", "prompt", "provider", "ref", "region",
    "required", "role", "rule", "scheme", "scope", "scopes", "service", "size", "source", "status", "store", "suffix",
    "title", "ttl", "type", "types", "uri", "url", "usage", "user", "username", "vendor", "version",
];

/// Parts that say a token or key is public or no credential at all.
#[rustfmt::skip]
const NOT: Stems = Stems::of(&[
    "public", "pubkey", "publishable", "csrf", "xsrf", "cursor", "nexttoken", "pagetoken", "continuation", "primarykey",
    "foreignkey", "cachekey", "sortkey", "partitionkey", "idempotency", "tokenizer", "tokenization", "keyboard", "keyword",
    "maxtokens", "tokencount", "keyframe", "monkey", "turkey", "hotkey", "passkey", "secretary", "tokenid", "keyid",
    "recvkey", "receivekey", "keyserver",
]);

/// The first four letters of every stem and name above that has as many and does not end in `key`, a bit each at the
/// place of [`four`].
#[expect(
    clippy::indexing_slicing,
    reason = "made of constants, and a fault would end the build"
)]
const FOURS: [u64; 128] = {
    let mut bits = [0; 128];
    let lists = [
        PASSWORDS.list,
        PASSWORD_NAMES,
        TOKENS.list,
        TOKEN_NAMES,
        ISSUERS.list,
    ];
    let mut list = 0;
    while list < lists.len() {
        let mut nth = 0;
        while nth < lists[list].len() {
            let stem = lists[list][nth].as_bytes();
            if let [a, b, c, d, ..] = stem
                && !matches!(stem, [.., b'k', b'e', b'y'])
            {
                let place = four(u32::from_be_bytes([*a, *b, *c, *d]));
                bits[place / 64] |= 1 << (place % 64);
            }
            nth += 1;
        }
        list += 1;
    }
    bits
};

/// The place of four letters among 8,192.
const fn four(letters: u32) -> usize {
    (letters.wrapping_mul(0x27d4_eb2f) >> 19) as usize
}

/// Whether the name may say something, by a quick look: few other names have four letters in a row that one of the
/// stems begins with, or one of the shorter ones.
pub(super) fn may_say(name: &str) -> bool {
    let mut last = 0u32;
    name.bytes().any(|byte| {
        if !byte.is_ascii_alphanumeric() {
            return byte >= 0x80;
        }
        last = last << 8 | u32::from(byte.to_ascii_lowercase());
        let place = four(last);
        let bits = FOURS.get(place / 64).copied().unwrap_or(0);
        let place = u32::try_from(place % 64).unwrap_or(0);
        let short = matches!(
            last.to_be_bytes(),
            [_, b'p', b's', b'w']
                | [_, b'p', b'w', b'd']
                | [_, b's', b'i', b'g']
                | [_, b'j', b'w', b't']
                | [_, b'p', b'a', b't']
                | [_, b'a', b'w', b's']
                | [_, b'k', b'e', b'y']
                | [_, _, b'p', b'w']
        );
        short || bits.checked_shr(place).unwrap_or(0) & 1 == 1
    })
}

/// The longest name, in bytes.
const LONGEST: usize = 64;

/// What the name says. With `drawn`, the value could be anything; without, only a password.
pub(super) fn sense(name: &str, drawn: bool) -> Option<Sense> {
    if name.len() > LONGEST {
        return None;
    }
    let joined = joined(name);
    let last = last_word(name);
    let has = |stems: &Stems| stems.stand_in(&joined);
    let is = |names: &[&str]| {
        let own = |own: &&str| *own == joined || own.eq_ignore_ascii_case(last);
        names.iter().any(own)
    };
    let sense = if has(&PASSWORDS) || is(PASSWORD_NAMES) {
        Sense::Password
    } else if !drawn {
        return None;
    } else if has(&TOKENS) || is(TOKEN_NAMES) {
        Sense::Token
    } else if joined.ends_with("key") || joined.ends_with("keys") || has(&ISSUERS) {
        Sense::Key
    } else {
        return None;
    };
    let tail = |own: &&str| own.eq_ignore_ascii_case(last);
    let other = has(&NOT) || TAILS.iter().any(tail);
    (joined.len() >= 2 && !other).then_some(sense)
}

/// The letters and digits of the name, in lower case.
fn joined(name: &str) -> String {
    let mut joined = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            joined.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            joined.extend(c.to_lowercase());
        }
    }
    joined
}

/// The last word of `a_b`, `a-b`, `a.b` or `aB`, digits behind it left out.
fn last_word(name: &str) -> &str {
    let name = name.trim_end_matches(|c: char| !c.is_alphabetic());
    let cased = name.chars().any(char::is_lowercase);
    let mut start = name.len();
    for (nth, (at, c)) in name.char_indices().rev().enumerate() {
        if !c.is_alphabetic() {
            break;
        }
        start = at;
        if nth > 0 && cased && c.is_uppercase() {
            break;
        }
    }
    name.get(start..).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        use Sense::*;
        let cases = [
            ("password", Some(Password)),
            ("DB_PASSWORD", Some(Password)),
            ("pwd", Some(Password)),
            ("spring.datasource.password", Some(Password)),
            ("Пароль", Some(Password)),
            ("X-Api-Key", Some(Token)),
            ("githubToken", Some(Token)),
            ("clientSecret", Some(Token)),
            ("AWS_SECRET_ACCESS_KEY", Some(Token)),
            ("Authorization", Some(Token)),
            ("heroku", Some(Key)),
            ("key", Some(Key)),
            ("password_file", None),
            ("tokenId", None),
            ("secretName", None),
            ("token_type", None),
            ("public_key", None),
            ("next_page_token", None),
            ("nextToken", None),
            ("max_tokens", None),
            ("author", None),
            ("monkey", None),
            ("name", None),
        ];
        for (name, want) in cases {
            assert_eq!(sense(name, true), want, "{name}");
        }
    }
}
