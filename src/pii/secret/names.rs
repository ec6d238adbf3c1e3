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

/// Stems of passwords, lower case, `_`, `-` and the like left out.
#[rustfmt::skip]
const PASSWORDS: &[&str] = &[
    "passwd", "password", "passwort", "passphrase", "passcode", "kennwort", "contrasena", "contraseña", "motdepasse",
    "senha", "wachtwoord", "haslo", "hasło", "lösenord", "пароль", "密码", "密碼", "パスワード", "비밀번호", "dbpass", "userpass",
    "mysqlpwd", "adminpass", "sshpass", "dbpwd", "rootpass", "smtppass", "redispass",
];

/// Whole names of passwords.
const PASSWORD_NAMES: &[&str] = &["pass", "psw", "pw", "pwd", "pswd"];

/// Stems of tokens and keys.
#[rustfmt::skip]
const TOKENS: &[&str] = &[
    "secret", "token", "apikey", "accesskey", "privatekey", "authkey", "credential", "creds", "bearer", "encryptionkey",
    "signingkey", "masterkey", "accountkey", "sharedkey", "storagekey", "servicekey", "licensekey", "licencekey", "appkey",
    "clientkey", "userkey", "adminkey", "functionskey", "hmackey", "cryptkey", "deploykey", "sessionkey", "restkey",
    "webhookkey", "integrationkey", "ingestionkey", "subscriptionkey", "sharedaccesskey", "appsec",
];

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
const ISSUERS: &[&str] = &[
    "adafruit", "adobe", "airtable", "algolia", "alibaba", "anthropic", "artifactory", "asana", "assemblyai", "atlassian",
    "aws", "azure", "beamer", "bitbucket", "bittrex", "cloudflare", "codecov", "cohere", "coinbase", "confluence",
    "confluent", "contentful", "databricks", "datadog", "deepgram", "deepseek", "digitalocean", "discord", "dnkey",
    "docker", "doppler", "droneci", "dropbox", "elastic", "elevenlabs", "etsy", "facebook", "fastly", "figma", "finicity",
    "finnhub", "firebase", "flickr", "freshbooks", "gemini", "github", "gitlab", "gitter", "gocardless", "grafana", "groq",
    "heroku", "hubspot", "huggingface", "intercom", "jenkins", "jfrog", "jira", "kraken", "kucoin", "langsmith",
    "launchdarkly", "linear", "linkedin", "lobapi", "looker", "mailchimp", "mailgun", "mapbox", "mattermost", "meraki",
    "messagebird", "mistral", "netlify", "newrelic", "nytimes", "okta", "openai", "pagerduty", "perplexity", "pinecone",
    "plaid", "privateai", "pusher", "rapidapi", "replicate", "segment", "sendbird", "sendgrid", "sentry", "shopify", "slack",
    "snyk", "sonar", "sourcegraph", "square", "stability", "stripe", "sumo", "supabase", "telegram", "travis", "trello",
    "twilio", "twitch", "twitter", "typeform", "vault", "vercel", "yandex", "zendesk",
];

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
const NOT: &[&str] = &[
    "public", "pubkey", "publishable", "csrf", "xsrf", "cursor", "nexttoken", "pagetoken", "continuation", "primarykey",
    "foreignkey", "cachekey", "sortkey", "partitionkey", "idempotency", "tokenizer", "tokenization", "keyboard", "keyword",
    "maxtokens", "tokencount", "keyframe", "monkey", "turkey", "hotkey", "passkey", "secretary", "tokenid", "keyid",
];

/// The longest name, in bytes.
const LONGEST: usize = 64;

/// What the name says. With `drawn`, the value could be anything; without, only a password.
pub(super) fn sense(name: &str, drawn: bool) -> Option<Sense> {
    if name.len() > LONGEST {
        return None;
    }
    let joined: String = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let last = last_word(name);
    let has = |stems: &[&str]| holds(&joined, stems);
    let is = |names: &[&str]| names.contains(&joined.as_str()) || names.contains(&last.as_str());
    let sense = if has(PASSWORDS) || is(PASSWORD_NAMES) {
        Sense::Password
    } else if !drawn {
        return None;
    } else if has(TOKENS) || is(TOKEN_NAMES) {
        Sense::Token
    } else if joined.ends_with("key") || joined.ends_with("keys") || has(ISSUERS) {
        Sense::Key
    } else {
        return None;
    };
    let other = has(NOT) || TAILS.contains(&last.as_str());
    (joined.len() >= 2 && !other).then_some(sense)
}

/// Whether one of the stems stands in `name`.
fn holds(name: &str, stems: &[&str]) -> bool {
    let bytes = name.as_bytes();
    (0..bytes.len()).any(|at| {
        let rest = bytes.get(at..).unwrap_or(&[]);
        let begins = |stem: &&str| {
            rest.first() == stem.as_bytes().first() && rest.starts_with(stem.as_bytes())
        };
        stems.iter().any(begins)
    })
}

/// The last word of `a_b`, `a-b`, `a.b` or `aB`, lower case, digits left out.
fn last_word(name: &str) -> String {
    let mut word = String::new();
    for c in name
        .trim_end_matches(|c: char| !c.is_alphabetic())
        .chars()
        .rev()
    {
        let ends = !c.is_alphabetic();
        if ends {
            break;
        }
        word.extend(c.to_lowercase());
        let hump =
            c.is_uppercase() && word.chars().count() > 1 && name.chars().any(char::is_lowercase);
        if hump {
            break;
        }
    }
    word.chars().rev().collect()
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
