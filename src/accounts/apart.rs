//! Several agencies of one name, for somebody who has to choose between them: each is told by where it is, or else by its address here.

/// An agency as it is called on a page.
pub(super) struct Called<'a> {
    pub(super) name: &'a mut String,
    pub(super) place: &'a str,
    pub(super) slug: &'a str,
}

/// Adds to names that several have what tells them apart.
pub(super) fn tell(all: Vec<Called<'_>>) {
    let known: Vec<(String, String, String)> =
        all.iter().map(|one| (one.name.clone(), one.place.to_owned(), one.slug.to_owned())).collect();
    for one in all {
        let mut others = known.iter().filter(|(name, _, slug)| *name == *one.name && slug != one.slug).peekable();
        if others.peek().is_some() {
            let by_place = !one.place.is_empty() && others.all(|(_, place, _)| place != one.place);
            *one.name = format!("{} ({})", one.name, if by_place { one.place } else { one.slug });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(all: &[(&str, &str, &str)]) -> Vec<String> {
        let mut names: Vec<String> = all.iter().map(|(name, ..)| (*name).to_owned()).collect();
        let called = names.iter_mut().zip(all).map(|(name, (_, place, slug))| Called { name, place, slug });
        tell(called.collect());
        names
    }

    #[test]
    fn agencies_of_one_name_are_told_apart_by_their_places_and_others_stay_as_they_are() {
        let (washington, maine) = (("Lincoln County", "Washington", "lincoln-wa"), ("Lincoln County", "Maine", "lincoln-me"));
        assert_eq!(
            told(&[washington, maine, ("Harbor", "Maine", "harbor")]),
            ["Lincoln County (Washington)", "Lincoln County (Maine)", "Harbor"]
        );
        // Where places are not said, or are one, the address tells.
        assert_eq!(told(&[("Lincoln County", "", "a"), maine]), ["Lincoln County (a)", "Lincoln County (Maine)"]);
        assert_eq!(told(&[("Lincoln County", "Maine", "a"), maine]), ["Lincoln County (a)", "Lincoln County (lincoln-me)"]);
        // Two roles in one agency are no two agencies.
        assert_eq!(told(&[maine, maine]), ["Lincoln County", "Lincoln County"]);
    }
}
