//! The forms of credentials that say what they are: prefix, alphabet and length, from what issuers document.
//!
//! A form is literal text with classes in it: `%`, a letter that names an alphabet, and how many characters of
//! it (`%x32`, `%p20,255`, at most the second number).
//!
//! | class | alphabet | class | alphabet |
//! | --- | --- | --- | --- |
//! | `%d` | digits | `%t` | letters, digits, `-`, `_` |
//! | `%x` | lower-case hexadecimal | `%k` | as `%t`, and `.`, `=` |
//! | `%h` | hexadecimal | `%s` | base64 with padding |
//! | `%l` | lower-case letters, digits | `%v` | as `%s`, and `-`, `_` |
//! | `%c` | capitals, digits | `%g` | capitals, digits, `-` |
//! | `%p` | letters, digits | | |

use std::ops::RangeInclusive;

/// A form and the name that findings of it carry: who issued the credential.
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) form: &'static str,
}

const fn rule(name: &'static str, form: &'static str) -> Rule {
    Rule { name, form }
}

/// By the first byte of a form, the second ones, each a bit by its last six; all where a class stands second. A
/// JSON web token begins with `ey`.
#[expect(
    clippy::indexing_slicing,
    reason = "a constant, and a fault would end the build"
)]
const SECONDS: [u64; 128] = {
    let mut table = [0; 128];
    let mut nth = 0;
    while nth < RULES.len() {
        let form = RULES[nth].form.as_bytes();
        table[form[0] as usize] |= match form[1] {
            b'%' => u64::MAX,
            second => 1 << (second & 63),
        };
        nth += 1;
    }
    table[b'e' as usize] |= 1 << (b'y' & 63);
    table
};

/// Whether a form may begin with these two bytes.
#[inline]
pub(super) fn may_begin(first: u8, second: u8) -> bool {
    let seconds = SECONDS.get(usize::from(first)).copied().unwrap_or(0);
    let bit = 1u64.checked_shl(u32::from(second & 63)).unwrap_or(0);
    seconds & bit != 0
}

/// The forms that begin with `byte`.
pub(super) fn beginning_with(byte: u8) -> &'static [Rule] {
    let first = |rule: &Rule| rule.form.as_bytes().first().copied().unwrap_or(0);
    let from = RULES.partition_point(|rule| first(rule) < byte);
    let to = RULES.partition_point(|rule| first(rule) <= byte);
    RULES.get(from..to).unwrap_or(&[])
}

/// A form whose tell-tale part does not stand first.
pub(super) struct Inner {
    pub(super) rule: Rule,
    /// How long what it matches is.
    pub(super) lengths: RangeInclusive<usize>,
    /// The part that tells, and where it stands.
    pub(super) mark: (usize, &'static str),
}

/// The forms whose tell-tale part does not stand first.
pub(super) const INNER: &[Inner] = &[
    Inner {
        rule: rule("mailchimp", "%x32-us%d1,2"),
        lengths: 36..=37,
        mark: (32, "-us"),
    },
    Inner {
        rule: rule("maxmind", "%p6_%p29_mmk"),
        lengths: 40..=40,
        mark: (6, "_"),
    },
];

/// Sorted by form, so that of two that begin alike the longer stands later.
#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    rule("clickhouse", "4b1d%p38"), rule("1password", "A3-%g36,37"), rule("aws", "A3T%c17"), rule("aws", "ABIA%c16"),
    rule("aws", "ABSK%s109,269"), rule("aws", "ACCA%c16"), rule("age", "AGE-SECRET-KEY-1%c58"),
    rule("google", "AIza%t35"), rule("artifactory", "AKCp%p69"), rule("aws", "AKIA%c16"),
    rule("tencent", "AKID%p32,36"), rule("octopus", "API-%c26"), rule("google", "AQ.Ab%t30,120"),
    rule("yandex", "AQVN%t35,38"), rule("aws", "ASIA%c16"), rule("atlassian", "ATATT3%k180,200"),
    rule("bitbucket", "ATBB%p28,36"), rule("atlassian", "ATCTT3%k100,250"), rule("circleci", "CCIPAT_%p20,30_%x40"),
    rule("contentful", "CFPAT-%t43"), rule("clojars", "CLOJARS_%l60"), rule("facebook", "EAA%p100,300"),
    rule("square", "EAAA%t22,60"), rule("easypost", "EZAK%p54"), rule("easypost", "EZTK%p54"),
    rule("flutterwave", "FLWPUBK_TEST-%l32-X"), rule("flutterwave", "FLWSECK-%l32-X"),
    rule("flutterwave", "FLWSECK_TEST-%l12,32"), rule("flutterwave", "FLWSECK_TEST-%l32-X"),
    rule("aws", "FwoGZXIvYXdz%s100,2000"), rule("google", "GOCSPX-%t24,32"), rule("google", "GOOG1E%c55,58"),
    rule("gitlab", "GR1348941%t20"), rule("heroku", "HRKU-AA%t58"), rule("instagram", "IGQV%t100,300"),
    rule("aws", "IQoJb3JpZ2lu%s100,2000"), rule("alibaba", "LTAI%p12,24"), rule("discord", "M%p23,27.%t6.%t27,45"),
    rule("discord", "N%p23,27.%t6.%t27,45"), rule("new_relic", "NRAK-%c27"), rule("new_relic", "NRII-%t32"),
    rule("new_relic", "NRJS-%x19"), rule("discord", "O%p23,27.%t6.%t27,45"), rule("postman", "PMAK-%h24-%h34"),
    rule("postman", "PMAT-%c26"), rule("sendgrid", "SG.%k60,70"), rule("twilio", "SK%h32"), rule("yandex", "YC%t38"),
    rule("plaid", "access-development-%x8-%x4-%x4-%x4-%x12"), rule("plaid", "access-production-%x8-%x4-%x4-%x4-%x12"),
    rule("plaid", "access-sandbox-%x8-%x4-%x4-%x4-%x12"), rule("aws", "amzn.mws.%x8-%x4-%x4-%x4-%x12"),
    rule("launchdarkly", "api-%x8-%x4-%x4-%x4-%x12"), rule("hugging_face", "api_org_%p34"),
    rule("apify", "apify_api_%p36"), rule("modal", "as-%p22"),
    rule("authress", "authress_%l5,30.%l4,6.acc%t10,40.%v30,120"), rule("beamer", "b_%k44"),
    rule("browserbase", "bb_live_%t27"), rule("baidu", "bce-v3/ALTAK-%p20,30/%x40"),
    rule("aws", "bedrock-api-key-%v20,2000"), rule("buildkite", "bkua_%x40"), rule("crates_io", "cio%p32"),
    rule("artifactory", "cmVmd%p59"), rule("cerebras", "csk-%p40,64"), rule("intercom", "dG9rO%s40,80"),
    rule("databricks", "dapi%x32"), rule("databricks", "dapi%x32-%d1"), rule("docker", "dckr_oat_%t24,40"),
    rule("docker", "dckr_pat_%t24,40"), rule("defined_networking", "dnkey-%t79"), rule("digitalocean", "doo_v1_%x64"),
    rule("digitalocean", "dop_v1_%x64"), rule("digitalocean", "dor_v1_%x64"), rule("doppler", "dp.audit.%p40,44"),
    rule("doppler", "dp.ct.%p40,44"), rule("doppler", "dp.pt.%p40,44"), rule("doppler", "dp.sa.%p40,44"),
    rule("doppler", "dp.scim.%p40,44"), rule("doppler", "dp.st.%k40,64"), rule("dynatrace", "dt0c01.%p24.%p64"),
    rule("dynatrace", "dt0s01.%p24.%p64"), rule("dynatrace", "dt0s16.%p24.%p64"), rule("daytona", "dtn_%x64"),
    rule("duffel", "duffel_live_%k43"), rule("duffel", "duffel_test_%k43"), rule("e2b", "e2b_%x40"),
    rule("anyscale", "esecret_%l26"), rule("authress", "ext_%l5,30.%l4,6.acc%t10,40.%v30,120"),
    rule("grafana", "eyJrIjoi%s70,400"), rule("firecrawl", "fc-%x32"), rule("figma", "figd_%t36,64"),
    rule("frame_io", "fio-u-%k64"), rule("fly", "fm1a_%s100,2000"), rule("fly", "fm1r_%s100,2000"),
    rule("fly", "fm2_%s100,2000"), rule("fly", "fo1_%t43"), rule("fireworks", "fw_%p22,28"),
    rule("github", "gho_%p36,255"), rule("github", "ghp_%p36,255"), rule("github", "ghr_%p36,255"),
    rule("github", "ghs_%p36,255"), rule("github", "ghu_%p36,255"), rule("github", "github_pat_%t36,255"),
    rule("gitlab", "glagent-%t50"), rule("grafana", "glc_%s32,400"), rule("gitlab", "glcbt-%t20,64"),
    rule("gitlab", "gldt-%t20,64"), rule("gitlab", "glffct-%t20"), rule("gitlab", "glft-%t20,64"),
    rule("gitlab", "glimt-%t25"), rule("gitlab", "gloas-%t64"), rule("gitlab", "glpat-%k20,300"),
    rule("gitlab", "glptt-%x40"), rule("gitlab", "glrt-%k20,300"), rule("gitlab", "glrtr-%k20,300"),
    rule("grafana", "glsa_%t40,48"), rule("gitlab", "glsoat-%t20,64"), rule("groq", "gsk-%p40,64"),
    rule("groq", "gsk_%p40,64"), rule("honeycomb", "hcaik_%l58"), rule("hugging_face", "hf_%p30,48"),
    rule("vault", "hvb.%t80,300"), rule("vault", "hvr.%t80,300"), rule("vault", "hvs.%t22,300"),
    rule("infracost", "ico-%p32"), rule("jina", "jina_%t60,80"), rule("mailgun", "key-%x32"),
    rule("linear", "lin_api_%p32,48"), rule("linear", "lin_oauth_%x64"), rule("mollie", "live_%p30"),
    rule("lob", "live_%x35"), rule("langchain", "ls__%x32"), rule("langchain", "lsv2_pt_%x32_%x10"),
    rule("langchain", "lsv2_sk_%x32_%x10"), rule("mandrill", "md-%t22"), rule("mongodb", "mdb_sa_sk_%t40"),
    rule("mailersend", "mlsn.%x64"), rule("neon", "napi_%l40,80"), rule("netlify", "nfp_%p36,60"),
    rule("npm", "npm_%p36"), rule("notion", "ntn_%p40,50"), rule("nvidia", "nvapi-%t60,80"),
    rule("1password", "ops_eyJ%s200,2000"), rule("nuget", "oy2%l43"), rule("adobe", "p8e-%p32"),
    rule("voyage", "pa-%t43"), rule("airtable", "pat%p14.%x64"), rule("hubspot", "pat-eu1-%x8-%x4-%x4-%x4-%x12"),
    rule("hubspot", "pat-na1-%x8-%x4-%x4-%x4-%x12"), rule("harness", "pat.%t22.%p24.%p20"),
    rule("pinecone", "pcsk_%t60,80"), rule("paddle", "pdl_live_apikey_%l26_%p22_%p3"),
    rule("paddle", "pdl_sdbx_apikey_%l26_%p22_%p3"), rule("posthog", "phx_%t40,64"), rule("clickup", "pk_%d5,10_%c32"),
    rule("prefect", "pnb_%p36"), rule("prefect", "pnu_%p36"), rule("polar", "polar_oat_%p40,50"),
    rule("perplexity", "pplx-%p40,64"), rule("planetscale", "pscale_oauth_%k32,64"),
    rule("planetscale", "pscale_pw_%k32,64"), rule("planetscale", "pscale_tkn_%k32,64"), rule("mailgun", "pubkey-%x32"),
    rule("pulumi", "pul-%x40"), rule("logfire", "pylf_v1_%l2_%p43"), rule("pypi", "pypi-AgE%t50,1024"),
    rule("replicate", "r8_%p36,40"), rule("readme", "rdme_%l70"), rule("resend", "re_%p8_%p24"),
    rule("stripe", "rk_live_%p10,255"), rule("stripe", "rk_prod_%p10,255"), rule("stripe", "rk_test_%p10,255"),
    rule("render", "rnd_%p28,40"), rule("runpod", "rpa_%p40,60"), rule("rubygems", "rubygems_%x48"),
    rule("intra42", "s-s4t2af-%x64"), rule("intra42", "s-s4t2ud-%x64"), rule("vault", "s.%p24"),
    rule("harness", "sat.%t22.%p24.%p20"), rule("supabase", "sb_secret_%t22,48"), rule("supabase", "sbp_%x40"),
    rule("authress", "sc_%l5,30.%l4,6.acc%t10,40.%v30,120"),
    rule("authress", "scauth_%l5,30.%l4,6.acc%t10,40.%v30,120"), rule("launchdarkly", "sdk-%x8-%x4-%x4-%x4-%x12"),
    rule("notion", "secret_%p43"), rule("sourcegraph", "sgp_%h16_%h40"), rule("sourcegraph", "sgp_%h40"),
    rule("sourcegraph", "sgp_local_%h40"), rule("openshift", "sha256~%t43"), rule("shippo", "shippo_live_%h40"),
    rule("shippo", "shippo_test_%h40"), rule("shopify", "shpat_%h32"), rule("shopify", "shpca_%h32"),
    rule("shopify", "shppa_%h32"), rule("shopify", "shpss_%h32"), rule("openai", "sk-%p20,96"),
    rule("openai", "sk-admin-%t24,255"), rule("anthropic", "sk-ant-%t24,255"), rule("helicone", "sk-helicone-%t24,64"),
    rule("langfuse", "sk-lf-%t32,64"), rule("openrouter", "sk-or-v1-%x32,64"), rule("openai", "sk-proj-%t24,255"),
    rule("openai", "sk-svcacct-%t24,255"), rule("mapbox", "sk.eyJ%t20,120.%t20,24"), rule("elevenlabs", "sk_%x48"),
    rule("stripe", "sk_live_%p10,255"), rule("stripe", "sk_prod_%p10,255"), rule("stripe", "sk_test_%p10,255"),
    rule("dropbox", "sl.%k130,200"), rule("sourcegraph", "slk_%x64"), rule("settlemint", "sm_aat_%p16"),
    rule("settlemint", "sm_pat_%p16"), rule("settlemint", "sm_sat_%p16"), rule("sentry", "sntrys_eyJ%v60,400"),
    rule("sentry", "sntryu_%x64"), rule("square", "sq0atp-%t22,60"), rule("square", "sq0csp-%t43"),
    rule("sonar", "sqa_%x40"), rule("sonar", "sqp_%x40"), rule("sonar", "squ_%x40"), rule("lob", "test_%x35"),
    rule("typeform", "tfp_%k40,80"), rule("together", "tgp_v1_%t40,64"), rule("scalingo", "tk-us-%t48"),
    rule("tailscale", "tskey-api-%p10,24-%p20,40"), rule("tailscale", "tskey-auth-%p10,24-%p20,40"),
    rule("tailscale", "tskey-client-%p10,24-%p20,40"), rule("tavily", "tvly-%t30,48"),
    rule("cloudflare", "v1.0-%x24-%x146"), rule("vercel", "vcp_%p24,80"), rule("stripe", "whsec_%s32,64"),
    rule("xai", "xai-%p60,100"), rule("slack", "xapp-%t20,255"), rule("brevo", "xkeysib-%x64-%p16"),
    rule("slack", "xoxa-%t10,255"), rule("slack", "xoxb-%t10,255"), rule("slack", "xoxc-%t10,255"),
    rule("slack", "xoxd-%t10,255"), rule("slack", "xoxe-%t10,255"), rule("slack", "xoxe.xox%t60,255"),
    rule("slack", "xoxo-%t10,255"), rule("slack", "xoxp-%t10,255"), rule("slack", "xoxr-%t10,255"),
    rule("slack", "xoxs-%t10,255"), rule("brevo", "xsmtpsib-%x64-%p16"), rule("google", "ya29.%t30,1024"),
];
