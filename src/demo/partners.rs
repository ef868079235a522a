//! The county's partners: courts, Tribes, schools, families, providers.

use super::{DemoError, Life};

/// Name used in the demonstration, name, kind, stage, counties, languages, contracted.
const PARTNERS: &[(&str, &str, &str, &str, &str, &str, bool)] = &[
    ("court", "Cedar River Juvenile Court", "court", "working", "Cedar River", "", false),
    ("casa", "CASA of the Cedar Valley", "casa", "working", "Cedar River, Alder", "", false),
    ("stonebend", "Stone Bend Band", "tribe", "met", "Cedar River, Alder", "", false),
    ("urban", "River City Urban Native Center", "urban_native", "working", "Cedar River", "", false),
    ("hope", "New Hope Tabernacle", "faith", "met", "Cedar River", "", false),
    ("sanmiguel", "San Miguel Parish, social ministry", "faith", "invited", "Cedar River", "Spanish", false),
    ("youth", "Speak First: youth who were in care", "self_formed", "working", "Cedar River", "", false),
    ("parents", "Parents Standing Together", "self_formed", "working", "Cedar River", "Spanish", false),
    ("lawyers", "Cedar River Office of Parent Counsel", "attorneys_parents", "working", "Cedar River", "", false),
    ("guardians", "Children’s Law Project", "attorneys_children", "met", "Cedar River", "", true),
    ("schools", "Cedar River Unified School District", "education", "working", "Cedar River", "Spanish, Hmong", false),
    ("college", "Alder Community College", "education", "to_contact", "Alder", "", false),
    ("clinic", "Willow Street Family Clinic", "health", "working", "Cedar River", "Spanish", true),
    ("recovery", "Two Rivers Recovery", "health", "met", "Cedar River", "", true),
    ("sheriff", "Cedar River County Sheriff, family unit", "law_enforcement", "met", "Cedar River", "", false),
    ("foster", "Cedar River Resource Families", "resource_families", "working", "Cedar River", "", false),
    ("housing", "Cedar River Housing Authority", "public_agency", "met", "Cedar River", "", false),
    ("wic", "County Public Health, home visiting", "public_agency", "working", "Cedar River", "Spanish", false),
    ("harvest", "Harvest Table Food Bank", "community", "working", "Cedar River", "Spanish", false),
    ("hmong", "Hmong Family Association", "community", "met", "Cedar River", "Hmong", false),
];

/// The first weeks: the coordinator writes the partners down.
pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    for (number, (known, name, kind, stage, counties, languages, contracted)) in PARTNERS.iter().enumerate() {
        life.day(2 + number as i64 / 4, 15);
        let contract = if *contracted { "yes" } else { "" };
        let made = life
            .post(
                "staff",
                "/cedar-river/partners",
                &[
                    ("name", name),
                    ("kind", kind),
                    ("stage", stage),
                    ("counties", counties),
                    ("languages", languages),
                    ("contracted", contract),
                ],
            )
            .await?;
        life.name(known, &made);
    }
    Ok(())
}
