//! Email addresses in texts made by rule: every local part at every domain in every place where people and programs write
//! one, and what has an `@` but is no address.

use std::ops::Range;

use tollgate::pii::Kind;

use super::rows::{Case, Wanted};
use super::score::{Bench, Score};

const LOCALS: &[&str] = &[
    "alice",
    "a",
    "bob.jones",
    "b-o-b",
    "carol_w",
    "dan+news",
    "eve.f+2024-q1",
    "o'neill",
    "x1",
    "42",
    "9lives",
    "M.Curie",
    "info",
    "no-reply",
    "user.name.with.many.dots",
    "_service_",
    "jörg.müller",
    "françois",
    "пользователь",
    "δοκιμή",
    "\"frank w\"",
];

const DOMAINS: &[&str] = &[
    "example.com",
    "example.org",
    "mail.example.co.uk",
    "ex-ample.de",
    "a.io",
    "x1.example.net",
    "sub.sub.example.museum",
    "EXAMPLE.COM",
    "Example.Org",
    "example.photography",
    "1and1.example.fr",
    "bücher.example",
    "xn--bcher-kva.example",
    "пример.рф",
    "例子.中国",
    "example.xn--p1ai",
    "example.info",
    "company.technology",
];

/// Where an address stands: at the `*`.
const PLACES: &[&str] = &[
    "*",
    "write to * today",
    "Contact *.",
    "Is it *? No: *!",
    "a list: *, *; *",
    "<*>",
    "Alice <*>, Bob <*>",
    "(*)",
    "[*]",
    "{*}",
    "'*'",
    "`*`",
    "mailto:*",
    "<a href=\"mailto:*?subject=hi\">",
    "email=*&next=1",
    "https://x.test/?e=*&y=2",
    "https://x.test/users/*/edit",
    "EMAIL=*",
    "email: *\nphone: none",
    "{\"email\": \"*\", \"age\": 3}",
    "[\"*\",\"*\"]",
    "| * | yes |",
    "*\n*\n",
    "> * wrote:",
    "git commit --author='A <*>'",
    "Co-authored-by: A <*>",
    "tel/*",
    "\\n*\\n",
    "\\u003c*\\u003e",
    "%3C*%3E",
    "/home/*/inbox",
    "*:8080",
    "*…",
    "“*”",
    "«*»",
    "mail:*;",
    "E-Mail:*",
    "请联系 * 谢谢",
    "*。",
    "*、*",
    "\t*\t",
    "#*#",
    "*'s inbox",
    "INSERT INTO u VALUES ('*');",
    "user \"*\" not found",
    "Re: * (was: none)",
];

/// The same for addresses of ASCII under a domain that is widely known: where more is written on.
const JOINED: &[&str] = &[
    "*.txt",
    "*_backup",
    "*.eml saved",
    "*.tar.gz",
    "*-team",
    "*.Then go",
    "*(work)",
];
const KNOWN: &[&str] = &[
    "example.com",
    "example.org",
    "mail.example.co.uk",
    "ex-ample.de",
    "example.info",
];

/// Texts with an `@` and no address.
const NONE: &[&str] = &[
    "@alice",
    "thanks @bob_jones and @carol!",
    "@app.route('/x')",
    "@foo.bar",
    "@pytest.mark.parametrize(\"a\", [1])",
    "@media (min-width: 1px)",
    "git@github.com:x/y.git",
    "git clone git@gitlab.com:group/sub/project.git",
    "ssh://git@bitbucket.org/x/y.git",
    "git+ssh://git@github.com/x/y",
    "npm i @scope/pkg@1.2.3",
    "left-pad@1.3.0",
    "react@^18.2.0",
    "@types/node@20.1.0",
    "lodash@4",
    "yarn add vue@next",
    "npx create-x@latest my-app",
    "actions/checkout@v4",
    "uses: docker/login-action@v3.1.0",
    "image@sha256:0f1e2d3c",
    "logo@2x.png",
    "icon@3x.webp",
    "user@localhost",
    "root@db1",
    "postgres@10.0.0.5",
    "a @ b.com is wrong",
    "x = A @ B.T",
    "y = x@self.weight_q",
    "h = q@k.transpose(1, 2)",
    "this@Activity.finish()",
    "return@forEach.x",
    "getty@tty1.service",
    "user@1000.service",
    "sshd@0.socket",
    "memcpy@@GLIBC_2.14",
    "printf@plt",
    "@@ -1,7 +1,9 @@",
    "https://medium.com/@alice/post",
    "https://x.test/@bob",
    "see @2:30pm",
    "5 apples @ 1.20 each",
    "cost@scale",
    "me@",
    "@me",
    "a@b",
    "foo@bar.",
    "mod@1.2.3-rc.one",
    "pkg@1.0.0-beta.two",
    "NSString *s = @\"a.b\"",
    "SELECT @a.b",
    "$a@$b.c",
    "name@-host.com",
    "name@host..com",
    "@charset \"utf-8\";",
    "p@ssw0rd.",
    "f@.g",
    "@{x.y}",
    "%40",
    "100%40",
    "config@prod.yaml",
    "notes@home.md5sum.json",
    "log@today.txt",
];

pub fn report(bench: &Bench, shown: &str) {
    let (mut score, mut texts) = (Score::default(), 0usize);
    let mut judge = |text: String, wanted: Vec<Range<usize>>| {
        let misses = score.misses();
        let case = Case {
            entity: "email".to_owned(),
            region: None,
            described: None,
            text,
            wanted: Wanted::At(wanted),
        };
        bench.judge(&[Kind::Email], "", &case, &mut score);
        texts += 1;
        if shown == "email" && misses != score.misses() {
            println!("wrong {case:?}");
        }
    };
    for local in LOCALS {
        for domain in DOMAINS {
            let address = format!("{local}@{domain}");
            let joined = local.is_ascii() && KNOWN.contains(domain);
            // A quote within quotes, or an escape at a quote, is another text; so is a letter of the same script.
            let fits = |place: &&&str| {
                !(local.contains(['"', '\'']) && place.contains(['"', '\'', '\\', '%', '#', '`']))
            };
            for place in PLACES
                .iter()
                .chain(joined.then_some(JOINED).into_iter().flatten())
                .filter(fits)
            {
                let (text, wanted) = fill(place, &address);
                judge(text, wanted);
            }
        }
    }
    for text in NONE {
        judge((*text).to_owned(), Vec::new());
        judge(format!("see {text} there"), Vec::new());
    }
    println!("email addresses in {texts} texts made by rule: precision, recall, F1 {score}\n");
}

/// The place with the address in it, and where it stands.
fn fill(place: &str, address: &str) -> (String, Vec<Range<usize>>) {
    let (mut text, mut wanted) = (String::new(), Vec::new());
    for (nth, part) in place.split('*').enumerate() {
        if nth > 0 {
            wanted.push(text.len()..text.len() + address.len());
            text.push_str(address);
        }
        text.push_str(part);
    }
    (text, wanted)
}
