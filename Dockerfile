# syntax=docker/dockerfile:1
#
#   docker build -t midstream --build-arg COMMIT="$(git rev-parse --short HEAD)" .
#   docker run -p 4000:4000 -v "$PWD/config.yaml:/etc/midstream/config.yaml:ro" -e OPENAI_API_KEY midstream
#
# Listening beyond the container needs general_settings.master_key (or LITELLM_MASTER_KEY).

FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY core core
COPY testkit testkit
COPY client client
COPY gateway gateway
COPY examples examples
COPY bench/engine bench/engine
COPY LICENSE NOTICE ./
ARG COMMIT=
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -q -Dmaven.test.skip=true -Dmidstream.commit="$COMMIT" package

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin midstream
WORKDIR /opt/midstream
COPY midstream deploy/jvm.options LICENSE NOTICE ./
COPY --from=build /src/gateway/target/midstream.jar ./

# It leaves a cache of what the JVM learnt behind, which makes every start to come twice as quick.
RUN ./midstream train

USER 10001
EXPOSE 4000
ENTRYPOINT ["/opt/midstream/midstream"]
CMD ["serve", "--config", "/etc/midstream/config.yaml", "--host", "0.0.0.0"]
