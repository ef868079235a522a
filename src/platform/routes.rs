//! A router that remembers what each route needs, and refuses handlers that do not say who may use them.

use super::{
    access::{Guard, Need},
    app::App,
    limits::Limit,
};
use axum::{
    Router,
    extract::Request,
    handler::Handler,
    middleware::{self, Next},
    routing::{self, MethodRouter},
};

/// One line of the route table.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The pattern, as the router has it.
    pub path: &'static str,
    /// What it needs.
    pub need: Need,
    /// How often it may be asked.
    pub limit: Option<&'static Limit>,
    /// For an unsafe route: a form that succeeds in the demonstration's agency. A page may say by it where it stands.
    pub example: Option<Example>,
}

impl Line {
    fn fits(&self, path: &str) -> bool {
        let mut parts = self.path.split('/').zip(path.split('/'));
        self.path.split('/').count() == path.split('/').count() && parts.all(|(part, own)| part == own || part.starts_with('{'))
    }
}

/// A form that succeeds: `@name` stands for the id of a record that the demonstration knows by that name.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// Who sends it: the part before `@` of a demonstration's sign-in.
    pub who: &'static str,
    /// The pattern's names and their values, as in `partner=@court`.
    pub path: &'static str,
    /// The form, as it is sent, but for the key.
    pub form: &'static str,
}

/// Routes of one slice, or of the whole site.
#[derive(Debug, Default)]
pub struct Routes {
    routes: Vec<(&'static str, MethodRouter<App>)>,
    table: Vec<Line>,
}

impl Routes {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A page.
    #[must_use]
    pub fn get<H, T>(mut self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: Guarded + 'static,
    {
        self.routes.push((path, routing::get(handler)));
        self.note("GET", path, T::need(), None)
    }

    /// A page whose address no form's example tells: the pattern's names and their values in the demonstration.
    #[must_use]
    pub fn get_such_as<H, T>(mut self, path: &'static str, handler: H, such_as: &'static str) -> Self
    where
        H: Handler<T, App>,
        T: Guarded + 'static,
    {
        self.routes.push((path, routing::get(handler)));
        self.note("GET", path, T::need(), Some(Example { who: "", path: such_as, form: "" }))
    }

    /// A change.
    #[must_use]
    pub fn post<H, T>(mut self, path: &'static str, handler: H, example: Example) -> Self
    where
        H: Handler<T, App>,
        T: Guarded + 'static,
    {
        self.routes.push((path, routing::post(handler)));
        self.note("POST", path, T::need(), Some(example))
    }

    fn note(mut self, method: &'static str, path: &'static str, need: Need, example: Option<Example>) -> Self {
        self.table.push(Line { method, path, need, limit: None, example });
        self
    }

    /// The route that was named last may be asked only as often as this limit says: its guard counts, or its handler does.
    #[must_use]
    pub fn limited(mut self, limit: &'static Limit) -> Self {
        if let (Some(line), Some((path, route))) = (self.table.last_mut(), self.routes.pop()) {
            line.limit = Some(limit);
            let told = move |mut request: Request, next: Next| {
                request.extensions_mut().insert(limit);
                next.run(request)
            };
            self.routes.push((path, route.route_layer(middleware::from_fn(told))));
        }
        self
    }

    /// These and those.
    #[must_use]
    pub fn join(mut self, other: Self) -> Self {
        self.routes.extend(other.routes);
        self.table.extend(other.table);
        self
    }

    /// The table, in the order of the site.
    #[must_use]
    pub fn table(&self) -> &[Line] {
        &self.table
    }

    /// Whether an address is one of a page.
    #[must_use]
    pub fn has_page(&self, path: &str) -> bool {
        self.table.iter().any(|line| line.method == "GET" && line.fits(path))
    }

    /// What a form sent to an address needs.
    #[must_use]
    pub fn need_of_form(&self, path: &str) -> Option<Need> {
        self.table.iter().find(|line| line.method == "POST" && line.fits(path)).map(|line| line.need)
    }

    /// The router itself.
    #[expect(clippy::disallowed_methods, reason = "the replacement: remembers what the route needs")]
    pub fn into_router(self) -> Router<App> {
        self.routes.into_iter().fold(Router::new(), |router, (path, route)| router.route(path, route))
    }
}

/// Handlers whose first argument is a guard.
#[diagnostic::on_unimplemented(
    message = "this handler does not say who may use it",
    note = "start its arguments with `Can<SomePermission>`, `Bearer`, `SignedIn` or `Anyone`"
)]
pub trait Guarded {
    /// What the guard needs.
    fn need() -> Need;
}

macro_rules! guarded {
    ($($more:ident)*) => {
        impl<M, G: Guard, $($more),*> Guarded for (M, G, $($more,)*) {
            fn need() -> Need {
                G::need()
            }
        }
    };
}
guarded!();
guarded!(A);
guarded!(A B);
guarded!(A B C);
