FROM python:3.11-slim

# Khmer and Vietnamese need fonts wherever text becomes a picture or a page.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-noto-core \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --root-user-action=ignore --require-hashes -r requirements.lock
COPY . ./
# The ordinary user may not write here, so the bytecode is made now.
RUN python -m compileall -q . \
    && useradd --system --no-create-home --uid 10001 haichieu \
    && install -d -o haichieu -m 700 /data

USER haichieu
ENV DATA_DIR=/data CONSOLE_BIND=0.0.0.0:8080 SANDBOX_BIND=0.0.0.0:8081 PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8080 8081
ENTRYPOINT ["python", "bot.py"]
CMD ["run"]
