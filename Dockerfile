# Python packages and front-end files are fetched in stages of their own; the image that runs has neither compiler nor
# npm, and an ordinary user.
FROM node:24-slim AS front
WORKDIR /front
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev --no-audit --no-fund

FROM python:3.11-slim AS packages
COPY pyproject.toml requirements.txt ./
# pyproject.toml says what the portal runs on, without what tests and checks need; the one locked list says which version
# of each, by its hash.
RUN awk '/^[^ ]/ {wanted = /^uv==/} wanted' requirements.txt > uv.txt \
    && pip install --no-cache-dir --no-deps --require-hashes -r uv.txt \
    && python -m venv /venv \
    && uv pip install --no-cache --require-hashes --python /venv/bin/python -r pyproject.toml -c requirements.txt

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATA_DIR=/data \
    STATIC_ROOT=/portal/static-collected
RUN useradd --system --uid 10001 --create-home portal \
    && install --directory --owner=portal --mode=0750 /data
WORKDIR /portal
COPY --from=packages /venv /venv
COPY --from=front /front/node_modules node_modules
COPY manage.py ./
COPY mobilization mobilization
COPY models_registry models_registry
COPY dialogues dialogues
COPY awards awards
COPY templates templates
COPY static static
# Neither step needs a database or the real secret.
RUN python -m mobilization.core.catalogue compile \
    && SECRET_KEY=$(head -c 64 /dev/urandom | base64 -w0) DATABASE_URL=postgres://none REDIS_URL=redis://none \
        python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf node_modules
USER portal
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"
CMD ["granian", "--interface=wsgi", "--host=0.0.0.0", "--port=8000", "--workers=2", "--blocking-threads=4", \
     "--blocking-threads-idle-timeout=600", "--no-ws", "mobilization.wsgi:application"]
