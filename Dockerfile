# The posts are at /site, the index is kept in /index. Run it with a root that cannot be written:
#   docker build -t chaja . && docker run --read-only -p 7310:7310 -v ~/blog:/site:ro -v chaja-index:/index chaja
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=auto -ldflags "-s -w" -o /out/chaja ./cmd/chaja && mkdir /out/index

FROM scratch
COPY --from=build /out/chaja /chaja
COPY --from=build --chown=65532:65532 /out/index /index
USER 65532:65532
ENV CHAJA_SITE=/site CHAJA_INDEX=/index/blog CHAJA_ADDR=0.0.0.0:7310
VOLUME /index
EXPOSE 7310
HEALTHCHECK --interval=30s --timeout=5s --start-period=1m CMD ["/chaja", "tags", "--server", "http://127.0.0.1:7310"]
ENTRYPOINT ["/chaja"]
CMD ["serve", "--watch"]
