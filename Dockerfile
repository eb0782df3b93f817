FROM python:3.11-slim
RUN useradd --system --uid 10001 --create-home desk && install -d -m 700 -o desk -g desk /var/lib/desk
WORKDIR /srv/desk
COPY requirements.lock ./
RUN pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY desk desk
RUN pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation -e .
USER desk
ENV DESK_DATA=/var/lib/desk
ENTRYPOINT ["desk"]
CMD ["web"]
