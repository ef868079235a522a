//! Lists come in pages. Totals are counted only where somebody asks; "is there more?" costs one extra row.

/// Rows on a page.
pub const PAGE_SIZE: i64 = 50;

/// Where a list's query begins and how many rows it takes.
#[derive(Debug, Clone, Copy)]
pub struct Paging {
    number: i64,
}

impl Paging {
    /// From the text after `page=`; anything else is the first page, and nobody pages beyond 2,000.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        Self { number: text.trim().parse::<i64>().unwrap_or(1).clamp(1, 2000) }
    }

    /// One row more than a page holds.
    #[must_use]
    pub fn limit(&self) -> i64 {
        PAGE_SIZE + 1
    }

    /// Rows before the page.
    #[must_use]
    pub fn offset(&self) -> i64 {
        (self.number - 1) * PAGE_SIZE
    }

    /// The rows of the page out of those the query gave, with the ways to its neighbours. `address` is the list's own
    /// address with its filters but without `page`.
    #[must_use]
    pub fn of<T>(&self, mut rows: Vec<T>, address: &str) -> Paged<T> {
        let more = rows.len() as i64 > PAGE_SIZE;
        rows.truncate(PAGE_SIZE as usize);
        let link = |number: i64| {
            let joint = if address.contains('?') { '&' } else { '?' };
            if number == 1 { address.to_owned() } else { format!("{address}{joint}page={number}") }
        };
        Paged {
            from: self.offset() + 1,
            to: self.offset() + rows.len() as i64,
            prev: (self.number > 1).then(|| link(self.number - 1)),
            next: more.then(|| link(self.number + 1)),
            rows,
        }
    }
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Paged<T> {
    /// Its rows.
    pub rows: Vec<T>,
    from: i64,
    to: i64,
    prev: Option<String>,
    next: Option<String>,
}

impl<T> Paged<T> {
    /// The number of the first row, from 1.
    #[must_use]
    pub fn from(&self) -> i64 {
        self.from
    }

    /// The number of the last row.
    #[must_use]
    pub fn to(&self) -> i64 {
        self.to
    }

    /// The page before.
    #[must_use]
    pub fn prev(&self) -> Option<&str> {
        self.prev.as_deref()
    }

    /// The page after.
    #[must_use]
    pub fn next(&self) -> Option<&str> {
        self.next.as_deref()
    }

    /// Nothing on it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// An address with the filters that are set, for links that keep them.
#[must_use]
pub fn with_filters(path: &str, filters: &[(&str, &str)]) -> String {
    let set: Vec<(&str, &str)> = filters.iter().copied().filter(|(_, value)| !value.is_empty()).collect();
    match serde_html_form::to_string(&set) {
        Ok(query) if !query.is_empty() => format!("{path}?{query}"),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extra_row_only_says_that_there_is_more() {
        let page = Paging::from_text("2").of((0..51).collect(), "/a?kind=court");
        assert_eq!((page.rows.len(), page.from(), page.to()), (50, 51, 100));
        assert_eq!((page.prev(), page.next()), (Some("/a?kind=court"), Some("/a?kind=court&page=3")));
    }

    #[test]
    fn nonsense_is_the_first_page() {
        for text in ["", "-3", "0", "x", "99999999999999999999"] {
            assert_eq!(Paging::from_text(text).offset(), 0, "{text}");
        }
    }
}
