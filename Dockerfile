# Dragoman over HTTP. The library, with everything that changes, is the volume /data; the rest may be read-only.
#   docker build -t dragoman . && docker run -e DRAGOMAN_HTTP_TOKEN -v news:/data -p 127.0.0.1:8391:8391 dragoman
FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /build
COPY requirements-server.lock ./
RUN python -m venv /opt/dragoman && /opt/dragoman/bin/pip install --require-hashes -r requirements-server.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY index index
COPY prompts prompts
# Chroma installs what its server in a cluster and its own embedding model need (170 MB); nothing here imports them.
RUN /opt/dragoman/bin/pip install --no-deps . \
  && /opt/dragoman/bin/pip uninstall --yes kubernetes tokenizers huggingface-hub hf-xet

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data --no-create-home dragoman && install -d -o dragoman -g dragoman /data
COPY --from=build /opt/dragoman /opt/dragoman
ENV PATH=/opt/dragoman/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DRAGOMAN_LIBRARY=/data/library
USER dragoman
WORKDIR /data
VOLUME /data
EXPOSE 8391
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8391/healthz', timeout=4)"]
ENTRYPOINT ["dragoman"]
CMD ["serve", "--host", "0.0.0.0", "--log-format", "json"]
