# docker build -t confab . && docker run -p 8000:8000 -v confab:/data confab

FROM denoland/deno:2.9.6 AS build
WORKDIR /app
COPY deno.json deno.lock ./
RUN deno install --frozen
COPY . .
RUN deno task build && deno cache dist/server/main.js

FROM denoland/deno:2.9.6
WORKDIR /app
COPY --from=build /app /app
RUN mkdir -m 700 /data && chown deno:deno /data
USER deno
ENV HOST=0.0.0.0 PORT=8000 CONFAB_DATA_DIR=/data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["sh", "-c", "deno eval \"Deno.exit((await fetch('http://127.0.0.1:'+(Deno.env.get('PORT')??8000)+'/healthz')).ok?0:1)\""]
CMD ["deno", "run", "-q", "-P", "--cached-only", "--allow-read=.,/usr/bin/ldd,/data", "--allow-write=/data", "dist/server/main.js"]
