//! Every route of the site with an address that leads somewhere in the demonstration: what the walks walk. Addresses and
//! forms come from the examples that the routes register, never from a list kept by hand.

use super::{Site, factors, word_links};
use common_table::{
    demo::Names,
    platform::{
        access::Need,
        policy::Hat,
        routes::{Example, Line},
        session::Token,
    },
    routes,
};
use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
};
use tokio::sync::OnceCell;

/// The demonstration's people at Cedar River, and the hats they wear there.
pub const PEOPLE: &[(&str, Hat)] = &[
    ("director", Hat::Director),
    ("staff", Hat::Staff),
    ("facilitator", Hat::Staff),
    ("analyst", Hat::Analyst),
    ("admin", Hat::Administrator),
    ("parent", Hat::Partner),
    ("partner", Hat::Steward),
    ("tribe", Hat::Steward),
];

/// A route with an address in the demonstration.
#[derive(Debug, Clone)]
pub struct Way {
    pub line: Line,
    /// The address.
    pub path: String,
    /// The values that stand in the address, without the agency's.
    pub ids: Vec<(String, String)>,
}

impl Way {
    /// "POST /{agency}/partners".
    pub fn name(&self) -> String {
        format!("{} {}", self.line.method, self.line.path)
    }

    pub fn is_get(&self) -> bool {
        self.line.method == "GET"
    }

    /// People whose hat has the permission; nobody for pages outside an agency.
    pub fn allowed(&self) -> Vec<&'static str> {
        self.people(true)
    }

    /// People whose hat does not have the permission.
    pub fn refused(&self) -> Vec<&'static str> {
        self.people(false)
    }

    fn people(&self, allowed: bool) -> Vec<&'static str> {
        let Need::May(grant) = self.line.need else { return Vec::new() };
        PEOPLE.iter().filter(|(_, hat)| grant.hats.contains(hat) == allowed).map(|(who, _)| *who).collect()
    }

    /// The same address with one of its values changed.
    pub fn with(&self, changed: &str, to: &str) -> String {
        let value = |name: &str| self.ids.iter().find(|(known, _)| known == name).map_or("cedar-river", |(_, value)| value);
        filled(self.line.path, |name| if name == changed { to.to_owned() } else { value(name).to_owned() })
    }

    /// The same route with another agency, and with those values that `other` has.
    pub fn with_each(&self, agency: &str, other: impl Fn(&str) -> Option<String>) -> String {
        let own = |name: &str| self.ids.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str()).to_owned();
        filled(self.line.path, |name| if name == "agency" { agency.to_owned() } else { other(name).unwrap_or_else(|| own(name)) })
    }

    /// The same route with another agency, and with other ids where `id` is given.
    pub fn elsewhere(&self, agency: &str, id: Option<&str>) -> String {
        let value = |name: &str| {
            let own = self.ids.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
            if name == "agency" { agency.to_owned() } else { id.unwrap_or(own).to_owned() }
        };
        filled(self.line.path, value)
    }
}

/// The names between braces.
pub fn parameters(pattern: &str) -> Vec<&str> {
    pattern.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect()
}

fn filled(pattern: &str, value: impl Fn(&str) -> String) -> String {
    let part = |part: &str| part.strip_prefix('{').and_then(|name| name.strip_suffix('}')).map_or_else(|| part.to_owned(), &value);
    pattern.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// The table of routes, made once, without what other servers say: that has no form and no page.
static TABLE: LazyLock<Vec<Line>> =
    LazyLock::new(|| routes::all().table().iter().filter(|line| !matches!(line.need, Need::Server)).copied().collect());

/// How many routes take forms.
pub fn unsafe_routes() -> usize {
    TABLE.iter().filter(|line| line.method != "GET").count()
}

/// All routes, and the patterns for which the demonstration has no address.
pub async fn ways(site: &Site) -> (Vec<Way>, Vec<&'static str>) {
    let (records, mut found, mut lost) = (records(site).await, Vec::new(), Vec::new());
    for line in TABLE.iter() {
        match ids(site, line, &records) {
            Some(ids) => {
                let value = |name: &str| ids.iter().find(|(known, _)| known == name).map_or("cedar-river", |(_, value)| value).to_owned();
                found.push(Way { line: *line, path: filled(line.path, value), ids });
            }
            None => lost.push(line.path),
        }
    }
    (found, lost)
}

fn ids(site: &Site, line: &Line, records: &Names) -> Option<Vec<(String, String)>> {
    let mut ids = Vec::new();
    // "/return/{token}": the demonstration may call it "token" or "return_token".
    let before = |name: &str| {
        line.path.split('/').zip(line.path.split('/').skip(1)).find(|(_, part)| *part == format!("{{{name}}}")).map(|(before, _)| before)
    };
    let noted = |name: &str| {
        let longer = format!("{}_{name}", before(name).unwrap_or_default().replace('-', "_"));
        site.names().get(&longer).or_else(|| site.demonstration().get(name))
    };
    // For a page of its own kind, such as "/comments/{comment}/history", it may give "comment_history".
    let after = line.path.rsplit('/').next().unwrap_or_default().replace('-', "_");
    for name in parameters(line.path) {
        let own = site.demonstration().get(&format!("{name}_{after}")).cloned();
        let value = match own.or_else(|| from_examples(site, line, name)) {
            Some(value) => value,
            None if name == "agency" => continue,
            // A record of the kind that the parameter is called, or something the demonstration calls so.
            None => records.get(name).or_else(|| noted(name))?.clone(),
        };
        ids.push((name.to_owned(), value));
    }
    Some(ids)
}

/// What the examples of the table give to the parameters of its lines: the same on every copy of the year.
static GIVEN: LazyLock<Mutex<HashMap<(&str, String), Option<String>>>> = LazyLock::new(Mutex::default);

/// The value that this route's example, or the example of the route most like it, gives to a parameter.
fn from_examples(site: &Site, line: &Line, name: &str) -> Option<String> {
    // A route may be asked for and written to at the same address, with an example for one of the two.
    let known = (line.path, format!("{} {name}", line.method));
    let value = GIVEN.lock().unwrap().entry(known).or_insert_with(|| given(line, name)).clone()?;
    match value.strip_prefix('@') {
        Some(known) => site.names().get(known).cloned(),
        None => Some(value),
    }
}

fn given(line: &Line, name: &str) -> Option<String> {
    let until = line.path.split_inclusive('/').take_while(|part| !part.contains(&format!("{{{name}}}"))).collect::<String>();
    let prefix = format!("{until}{{{name}}}");
    let alike = |other: &Line| line.path.split('/').zip(other.path.split('/')).take_while(|(a, b)| a == b).count();
    let mut near: Vec<&Line> = TABLE.iter().filter(|other| other.path.starts_with(&prefix)).collect();
    near.sort_by_key(|other| (other.path != line.path, std::cmp::Reverse(alike(other))));
    let value = |example: &Example| {
        let pairs: Vec<(String, String)> = serde_html_form::from_str(example.path).ok()?;
        pairs.into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
    };
    line.example.iter().chain(near.into_iter().filter_map(|other| other.example.as_ref())).find_map(value)
}

/// One record of each kind, of those that most may read.
async fn records(site: &Site) -> Names {
    let question = "select coalesce(jsonb_object_agg(kind, id), '{}')::text from (select distinct on (s.kind) s.kind, s.id from subject s \
         join agency g on g.id = s.agency_id where g.slug = 'cedar-river' order by s.kind, s.audience = 'partnership' desc, s.id) one_each";
    serde_json::from_str(&site.peek::<String>(question).await).unwrap()
}

/// The fields of an example as they are sent now, and the name of the file it sends, if any.
pub async fn form(site: &Site, way: &Way) -> (Vec<(String, String)>, Option<(String, String)>) {
    let sent = way.line.example.map_or("", |example| example.form);
    let pairs: Vec<(String, String)> = serde_html_form::from_str(sent).unwrap_or_else(|error| panic!("{}: {error}", way.name()));
    let (mut fields, mut file) = (Vec::new(), None);
    for (name, value) in pairs {
        if let Some(name_of_file) = value.strip_prefix("@@") {
            file = Some((name, name_of_file.to_owned()));
        } else if value == "@version" && !site.names().contains_key("version") {
            fields.push((name, version(site, way).await));
        } else {
            fields.push((name, value));
        }
    }
    (fields, file)
}

/// Asks every table that has versions; the same on every copy of the year.
static VERSIONS: OnceCell<String> = OnceCell::const_new();

/// The version that the record of an address has now.
async fn version(site: &Site, way: &Way) -> String {
    let question = "select string_agg(format('select version from %I where id = %%1$L', table_name), ' union all ') from information_schema.columns \
         where table_schema = 'public' and column_name = 'version' and table_name <> 'subject' and exists (select from \
         information_schema.columns c where c.table_schema = 'public' and c.table_name = columns.table_name and c.column_name = 'id')";
    let tables = VERSIONS.get_or_init(|| site.peek(question)).await;
    let id = way.ids.iter().map(|(_, value)| value.as_str()).rfind(|value| value.len() == 36);
    let id = id.map_or_else(|| site.id(way.line.example.map_or("", |example| example.who)), str::to_owned);
    let number: i32 =
        site.peek(&format!("select coalesce((select max(version) from ({}) v), 0)", tables.replace("%1$L", &format!("'{id}'")))).await;
    number.to_string()
}

/// The names of the links whose bearers send examples.
pub fn links() -> Vec<&'static str> {
    let mut all: Vec<&str> = TABLE.iter().filter_map(|line| line.example?.who.strip_prefix('@')).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// What the demonstration need not know by name: a second sign-in to end, an accent, an invitation to take up, a way to a new
/// password, a single sign-on in use and somebody who joined one.
pub async fn complete(site: &mut Site) {
    site.call("accent_sheet", "1f5c46.css");
    if !site.names().contains_key("invitation") {
        let token = Token::fresh();
        let hash: String = token.hash().iter().map(|byte| format!("{byte:02x}")).collect();
        site.force(&format!(
            "insert into membership (agency_id, id, name, role, state, created_at) select agency_id, '{MEMBER}', 'New Person', 'staff', 'invited', created_at \
             from membership where id = '@admin'; \
             insert into invitation (agency_id, id, membership_id, token_hash, email, made_by, created_at, expires_at) \
             select agency_id, '{MEMBER}', '{MEMBER}', '\\x{hash}', 'new@person.example', id, created_at, created_at + interval '2 years' \
             from membership where id = '@admin'"
        ))
        .await;
        site.call("invitation", token.reveal());
    }
    word_links::complete(site).await;
    let invitation = site.id("invitation");
    site.call("invitations_token", &invitation);
    site.force("insert into destruction_word (agency_id, destruction_id, partner_id) select agency_id, '@destruction', '@tallpine' from membership where id = '@admin'")
        .await;
    // Somebody whom no letter reaches is to be told that something waits.
    site.force(&format!(
        "insert into notice (agency_id, id, membership_id, kind, said, path, made_at) \
         select agency_id, '{MEMBER}', id, 'membership', 'Something changed', '/hats', created_at from membership where id = '@parent' on conflict do nothing; \
         insert into told_by_hand (agency_id, notice_id, membership_id, made_at) \
         select agency_id, '{MEMBER}', id, created_at from membership where id = '@parent' on conflict do nothing"
    ))
    .await;
    if !site.names().contains_key("reset") {
        let token = Token::fresh();
        let hash: String = token.hash().iter().map(|byte| format!("{byte:02x}")).collect();
        site.force(&format!(
            "insert into password_reset (id, account_id, token_hash, made_at, expires_at) \
             select '{MEMBER}', id, '\\x{hash}', created_at, created_at + interval '2 years' from account where email = 'staff@demo.example'"
        ))
        .await;
        site.call("reset", token.reveal());
        site.call("reset_token", token.reveal());
    }
    if !site.names().contains_key("address") {
        let token = Token::fresh();
        let hash: String = token.hash().iter().map(|byte| format!("{byte:02x}")).collect();
        site.force(&format!(
            "insert into address_change (id, account_id, was, wanted, made_at, expires_at) \
             select '{MEMBER}', id, email, 'another@person.example', created_at, created_at + interval '2 years' from account where email = 'analyst@demo.example'; \
             insert into address_word (id, change_id, account_id, is_new, token_hash) \
             select case when n then id else '{MEMBER}' end, '{MEMBER}', account_id, n, case when n then '\\x{hash}'::bytea end \
             from (select gen_random_uuid() as id, account_id from address_change) c, (values (true), (false)) as w (n)"
        ))
        .await;
        site.call("address", token.reveal());
        site.call("new_address_token", token.reveal());
    }
    if !site.names().contains_key("identity") {
        site.force(&format!(
            "update sign_on_provider set active = true, issuer = 'https://127.0.0.1' where id = '@provider'; \
             insert into sign_on_identity (agency_id, id, account_id, issuer, subject, joined_at) \
             select agency_id, '{MEMBER}', account_id, 'https://former.example', 'x', created_at from membership where id = '@staff'"
        ))
        .await;
        site.call("identity", MEMBER);
    }
    // The sign-ins to end come after it: whoever sets a second factor up ends every other sign-in of their own.
    factors::complete(site).await;
    if !site.names().contains_key("session") {
        let id: String = {
            let _second = site.visitor("staff").await;
            site.peek("select id::text from session order by created_at desc, id desc limit 1").await
        };
        site.call("session", &id);
    }
    if !site.names().contains_key("sign_in") {
        site.force(&format!(
            "insert into own_sign_in (agency_id, id, session_id, membership_id, network, first_at, last_at) \
             select m.agency_id, '{MEMBER}', s.id, m.id, '203.0.113.0/24', s.created_at, s.created_at from membership m, session s \
             where m.id = '@staff' and s.id = '@session'"
        ))
        .await;
        site.call("sign_in", MEMBER);
    }
}

const MEMBER: &str = "018f5e2a-0000-7000-8000-00000000aaaa";
