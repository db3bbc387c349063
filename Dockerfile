# convexam in a container; docs/lms/containers.md says how to call it.
#
#     docker build -t convexam .
#     docker build -t convexam-grade --build-arg PDF=no .    # marks, and writes no PDFs: without Pango

FROM python:3.11-slim-bookworm AS build
COPY . /source
RUN python -m venv /opt/convexam
RUN /opt/convexam/bin/pip install --no-cache-dir --constraint /source/constraints.txt --upgrade pip
RUN /opt/convexam/bin/pip install --no-cache-dir --constraint /source/constraints.txt \
        --build-constraint /source/constraints.txt /source

FROM python:3.11-slim-bookworm
ARG PDF=yes
RUN if [ "$PDF" = yes ]; then \
        apt-get update \
        && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
        && rm -rf /var/lib/apt/lists/*; \
    fi
COPY --from=build /opt/convexam /opt/convexam
RUN ln -s /opt/convexam/bin/convexam /usr/local/bin/convexam && mkdir /exams && chown 1000:1000 /exams
ENV HOME=/tmp PYTHONUNBUFFERED=1
USER 1000:1000
WORKDIR /exams
ENTRYPOINT ["convexam"]
CMD ["--help"]
