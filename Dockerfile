# docker build -t confab . && docker run -p 8000:8000 -v confab:/data confab
# More in docs/deploying.md.

FROM node:24-bookworm-slim AS build
RUN npm install --global deno@2.9.6 && cp "$(deno eval 'console.log(Deno.execPath())')" /usr/local/bin/deno-itself
WORKDIR /app
COPY deno.json deno.lock ./
RUN deno install --frozen
COPY . .
RUN deno task build && deno task pack /packed

FROM debian:bookworm-slim
# For databases whose certificates the system vouches for.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --uid 1000 --user-group --no-create-home --shell /usr/sbin/nologin confab \
  && install -d -m 700 -o confab -g confab /data
COPY --from=build /usr/local/bin/deno-itself /usr/local/bin/deno
COPY --from=build /packed /app
WORKDIR /app
USER 1000:1000
# All that is written besides /data is Deno's compiled code, which makes a start faster.
ENV HOST=0.0.0.0 PORT=8000 CONFAB_DATA_DIR=/data DENO_DIR=/tmp/deno
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD deno eval -q --no-config ${CONFAB_TLS_CERT:+--unsafely-ignore-certificate-errors=127.0.0.1} "const s = Deno.env.get('CONFAB_TLS_CERT') ? 'https' : 'http'; Deno.exit((await fetch(s + '://127.0.0.1:' + Deno.env.get('PORT') + '/healthz')).ok ? 0 : 1)"
ENTRYPOINT ["/app/deploy/run.sh"]
