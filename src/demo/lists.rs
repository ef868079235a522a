//! Lists that the county brings in: a neighbouring council's directory, later one more that waits for somebody to look at it.

use super::{DemoError, Life};

const IMPORTS: &str = "/cedar-river/partners/import";

/// What the valley's council of organizations sent: seventeen new ones, two that are known, one without a name.
const DIRECTORY: &str = "Organization,Type,City,State,Counties served,Languages,Website,Phone,Contract?,Formerly known as,About
Alder County Legal Aid,Parents’ attorneys,Alder Falls,WA,Alder; Cedar River,English; Spanish,https://legalaid.example,555-0110,no,,Free counsel for parents
Bridge House,Health,Cedar City,WA,Cedar River,English,,555-0111,yes,Bridge Street Recovery House,A place to stay together during treatment
Cedar Valley Library District,Public agency,Cedar City,WA,Cedar River,English; Spanish; Hmong,https://library.example,555-0112,no,,Family rooms and story hours
Centro Las Flores,Community organization,Cedar City,WA,Cedar River,Spanish; English,https://lasflores.example,555-0113,no,,Groups for mothers and for fathers
Children’s Museum of the Valley,Community organization,Alder Falls,WA,Alder,English,,555-0114,no,,A calm place for family time
County Fathers’ Network,Community organization,Cedar City,WA,Cedar River,English; Spanish,,555-0115,no,Dads of Cedar River,Fathers who help fathers
First Steps Early Learning,Education,Cedar City,WA,Cedar River; Alder,English; Spanish,https://firststeps.example,555-0116,yes,,Early learning and home visits
Grandparents Raising Grandchildren,Resource families,Alder Falls,WA,Alder; Cedar River,English,,555-0117,no,,Relatives who raise children
Grace Lutheran Church,Faith community,Cedar City,WA,Cedar River,English,,555-0118,no,,Care closet and meals
\"Hart, Lowell & Oyelaran Foundation\",Funder,Seattle,WA,,English,https://hlo.example,555-0119,no,,Grants for families
Hawthorn Housing Partners,Private provider,Cedar City,WA,Cedar River,English; Spanish,,555-0120,yes,,Homes for families who come back together
Islamic Center of Cedar River,Faith community,Cedar City,WA,Cedar River,English; Arabic; Somali,,555-0121,no,,Family aid and mentors
Northside Neighbors,Community organization,Cedar City,WA,Cedar River,English,,555-0122,no,,Neighbors who show up
Prairie Transit,Public agency,Alder Falls,WA,Alder; Cedar River,English,,555-0123,no,,Rides to visits and to court
Rural Kin Line,Community organization,Alder Falls,WA,Alder,English,,555-0124,no,,A telephone line for relatives
Somali Family Association,Community organization,Cedar City,WA,Cedar River,Somali; English,,555-0125,no,,Family meetings in Somali
Valley Parent Partners,Self-formed group of parents,Cedar City,WA,Cedar River,English; Spanish,,555-0126,no,,Parents who have been through it
Willow Street Family Clinic,Health,Cedar City,WA,Cedar River,Spanish; English,https://willowstreet.example,555-0127,yes,,Care for the whole family
Harvest Table Foodbank,Community organization,Cedar City,WA,Cedar River,Spanish; English,,555-0128,no,,Food and a place to sit
,Community organization,Cedar City,WA,,,,,,,A line that lost its name
";

/// In spring the coordinator brings in the valley's directory.
pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    life.day(40, 16);
    let columns = life.upload("staff", IMPORTS, ("file", "valley-directory.csv"), DIRECTORY).await?;
    let import = columns.trim_end_matches("/columns").to_owned();
    life.name("import_done", &import);
    life.name("import", &import);
    check(life, &columns, "name kind city state counties languages website phone contracted former_names description").await?;
    // One line writes the food bank in another way.
    let kept = life.id("harvest")?;
    life.post("staff", &format!("{import}/choices"), &[("row-20", &kept), ("version", "2")]).await?;
    life.post("staff", &format!("{import}/confirmation"), &[("version", "2")]).await?;
    Ok(())
}

async fn check(life: &mut Life, columns: &str, fields: &str) -> Result<String, DemoError> {
    let mut form: Vec<(&str, &str)> = fields.split(' ').map(|field| ("column", if field == "-" { "" } else { field })).collect();
    form.push(("kind", "community"));
    life.post("staff", columns, &form).await
}

/// A piece of the national directory, as a look-up of names; its Tribes are as fictional as ours.
pub(super) async fn names(life: &mut Life) -> Result<(), DemoError> {
    life.day(361, 17);
    let directory = "OBJECTID,Tribe Full Name,BIA Region,BIA Agency,City,State\n90001,Tall Pine Tribe,Northwest,Valley Agency,Cedar City,WA\n\
                     90002,Gray Heron Nation,Northwest,Valley Agency,Heron Bay,WA\n";
    let columns = life.upload("staff", IMPORTS, ("file", "tribal-directory.csv"), directory).await?;
    let import = columns.trim_end_matches("/columns").to_owned();
    check(life, &columns, "official_id name - - city state").await?;
    life.post("staff", &format!("{import}/confirmation"), &[("version", "2")]).await?;
    let page = life.get("staff", "/cedar-river/partners/names?q=tall+pine").await?;
    let listed: String = page.split("/partners/names/").nth(1).unwrap_or_default().chars().take(36).collect();
    life.note("listed_pine", &listed);
    Ok(())
}

/// Near the end of the year three more lists came; none is brought in yet.
pub(super) async fn waiting(life: &mut Life) -> Result<(), DemoError> {
    life.day(362, 17);
    let checked = "Name,Type,City,Notes\nCASA of Cedar Valley,CASA program,Cedar City,\nCedar River Juvenile Court,Court,Cedar City,\n\
                   Riverside Reading Room,Library,Cedar City,Quiet room for families\nHmong Families Association,Community,Cedar City,\n,,,no name\n";
    let columns = life.upload("staff", IMPORTS, ("file", "court-improvement-list.csv"), checked).await?;
    life.name("import_checked", columns.trim_end_matches("/columns"));
    check(life, &columns, "name kind city description").await?;
    let two = "Organization,Type,City\nAlder Youth Theater,Community,Alder Falls\nThree Bridges Clinic,Health,Cedar City\n";
    for (name, file) in [("import_uploaded", "youth-programs.csv"), ("import_dropped", "old-mailing-list.csv")] {
        let columns = life.upload("staff", IMPORTS, ("file", file), two).await?;
        life.name(name, columns.trim_end_matches("/columns"));
    }
    Ok(())
}
