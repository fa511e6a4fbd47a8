# Onestop. A façade: two commands are enough (`make run`, `make check`); Meson and Ninja do the work.
# A fresh Debian 12 with git and make needs nothing else: what is missing is installed once, by apt and npm.

APT := gcc pkg-config meson ninja-build nodejs npm gettext libsqlite3-dev libmicrohttpd-dev libfyaml-dev libjansson-dev \
       libsodium-dev libmagic-dev libpcre2-dev libxml2-dev libicu-dev libintelrdfpmath-dev
APT_CHECK := chromium fonts-noto-cjk strace curl libasan8 libubsan1 libtsan2 python3-jsonschema python3-yaml
APT_FUZZ := clang libclang-rt-14-dev
APT_BENCH := wrk sqlite3
APT_FORMAT := clang-format

PACK ?= packs/zhejiang
DATA ?= data/demo
LISTEN ?= 127.0.0.1:8080

.PHONY: all run check check-long bench docs law format clean build/onestop
all: build/onestop

# Installs those packages of a list that are missing; asks apt only then. A node that did not come from Debian is taken as it is.
define install
	@missing=""; for p in $(1); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	if command -v npm >/dev/null; then missing=$$(echo "$$missing " | sed 's/ nodejs / /; s/ npm / /'); fi; \
	missing=$$(echo $$missing); [ -n "$$missing" ] || exit 0; \
	echo "Installing from Debian (once): $$missing"; \
	root=""; [ "$$(id -u)" = 0 ] || root=sudo; \
	if [ "$$root" ] && ! command -v sudo >/dev/null; then echo "There is no sudo. Run as root, then make again: apt-get install $$missing" >&2; exit 1; fi; \
	$$root apt-get update -qq && $$root env DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -q -o Dpkg::Progress-Fancy=true --no-install-recommends $$missing
endef

.deps-build: Makefile package.json package-lock.json
	$(call install,$(APT))
	@echo "Installing from npm (once): govuk-frontend, sass and the tools of the browser tests"
	@npm ci
	@touch $@

.deps-check: .deps-build
	$(call install,$(APT_CHECK))
	@touch $@

# Set up once each; from then on Ninja itself sees when a build file changed.
build/.ready: .deps-build
	@test -f build/build.ninja || meson setup build
	@touch $@
build-asan/.ready: .deps-check
	@test -f build-asan/build.ninja || meson setup build-asan -Db_sanitize=address,undefined -Doptimization=1 -Db_lundef=false
	@touch $@
build-tsan/.ready: .deps-check
	@test -f build-tsan/build.ninja || meson setup build-tsan -Db_sanitize=thread -Doptimization=1 -Db_lundef=false
	@touch $@

build/onestop: build/.ready
	@ninja -C build onestop

# Serves the demo: the pack of Zhejiang on an embedded database, with accounts to try it.
run: build/onestop
	@mkdir -p $(dir $(DATA))
	build/onestop serve --pack $(PACK) --data $(DATA) --listen $(LISTEN) --demo

check: .deps-check build/.ready build-asan/.ready build-tsan/.ready
	@ninja -C build
	@ninja -C build-asan
	@ninja -C build-tsan
	@tests/run

build-fuzz/.ready: .deps-check
	$(call install,$(APT_FUZZ))
	@test -f build-fuzz/build.ninja || \
	    CC=clang meson setup build-fuzz -Dfuzz=true -Dwerror=false -Db_sanitize=address,undefined -Doptimization=1 -Db_lundef=false
	@touch $@

# Everything of check, and the fuzz targets for FUZZ_SECONDS each (600).
check-long: .deps-check build/.ready build-asan/.ready build-tsan/.ready build-fuzz/.ready
	@ninja -C build
	@ninja -C build-asan
	@ninja -C build-tsan
	@ninja -C build-fuzz fuzz
	@tests/run long

# The reference, from the tables that the program reads packs by.
docs: build/onestop
	@{ printf '# Reference\n\nPrinted by `onestop lint --reference`, from the tables that the program itself reads packs by.\n\n'; build/onestop lint --reference; } > docs/reference.md

# Each article that binds a platform, and where it is done and tested.
law:
	@tools/law.mjs

bench: build/.ready
	@ninja -C build
	$(call install,$(APT_BENCH))
	@cd bench && npm ci --silent
	@bench/run.mjs
	@bench/rules.mjs

format:
	$(call install,$(APT_FORMAT))
	@find src tests bench tools -name '*.[ch]' | xargs clang-format -i

clean:
	@rm -rf build build-asan build-tsan build-fuzz
