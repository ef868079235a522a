# The site alone; its database is a server of yours (see docker-compose.yml).
FROM rust:1.95-bookworm AS build
WORKDIR /build
COPY . .
ENV SQLX_OFFLINE=true
RUN cargo build --release --locked

# The list of what it is built of (docs/operating.md).
FROM node:22-bookworm-slim AS parts
WORKDIR /parts
COPY Cargo.toml Cargo.lock package.json package-lock.json .npmrc ./
COPY bin/sbom bin/sbom
RUN bin/sbom /parts/sbom.cdx.json

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --user-group --no-create-home --shell /usr/sbin/nologin common-table
COPY --from=build /build/target/release/common-table /usr/local/bin/common-table
COPY --from=parts /parts/sbom.cdx.json /usr/share/doc/common-table/sbom.cdx.json
USER common-table
ENV LISTEN=0.0.0.0:8080
EXPOSE 8080
ENTRYPOINT ["common-table"]
CMD ["serve"]
