# `make demo` and `make test` are all the set-up there is: each installs what it needs. The others:
#
#   make check        what is asked of every change: format, no warnings, tests without servers
#   make integration  the tests that start a Redis of their own
#   make bench        ratios against what one would use instead (BENCH_SESSIONS=200000)
#   make faults       migrations that are interrupted in every way, and that an application changes sessions under (FAULTS_SESSIONS=60)
#   make fuzz         changed and made-up input (FUZZ_INPUTS=1000000 FUZZ_SECONDS=60)
#   make docs         man pages and completions, from the command tree
#   make install      the program, man pages and completions below PREFIX

PREFIX ?= /usr/local
SWIFT ?= swift
BENCH_SESSIONS ?= 200000
FAULTS_SESSIONS ?= 60
FUZZ_INPUTS ?= 1000000
FUZZ_SECONDS ?= 60

# One program file that needs glibc and the C++ run time of the system: the Swift library and Debian's own archives are linked
# in. The linker takes an archive where a folder before its own holds only the archive. The allocator is one object: what comes out of
# an archive is not seen by glibc, which has to use the same one.
ARCHIVES := $(CURDIR)/.build/archives
ALLOCATOR := $(ARCHIVES)/allocator.o
RELEASE := $(CURDIR)/.build/release
ifeq ($(shell uname -s),Darwin)
SWIFT_FLAGS := $(foreach keg,hiredis readline sqlite tomlplusplus,\
	-Xcc -I$(shell brew --prefix $(keg))/include -Xcxx -I$(shell brew --prefix $(keg))/include -Xlinker -L$(shell brew --prefix $(keg))/lib)
RELEASE_FLAGS := -c release $(SWIFT_FLAGS)
else
# What the tests check at run time in debug builds, that nothing is read while it is written, costs an eighth of the time here.
RELEASE_FLAGS := -c release -Xswiftc -enforce-exclusivity=unchecked --static-swift-stdlib -Xswiftc -use-ld=lld \
	-Xlinker -L$(ARCHIVES) -Xlinker -ltinfo -Xlinker $(ALLOCATOR) -Xlinker -s
endif

# All tests run several times faster against an optimised library, and the argument parser checks its declarations anew at every
# command of a debug build. The tests themselves are not optimised (Package.swift): that would only take longer to build.
TEST_FLAGS := -c release -Xswiftc -enable-testing --scratch-path $(CURDIR)/.build/tests $(SWIFT_FLAGS)

# Each command of two jobs with twelve sessions, and some thousand sessions that are changed while they are migrated.
FEW_FAULTS := Tests/Faults/run --program $(CURDIR)/.build/tests/release/sessionctl --sessions 12 --busy 2000 \
	--jobs tomcat-spring,spring-move

# The suites that start a Redis: the files of tests that say so, each named after its suite.
SERVER_SUITES = $(shell grep -rl RedisServer Tests/*Tests | xargs -n 1 basename -s .swift | grep 'Tests$$' | sort | paste -sd '|' -)

.PHONY: all demo test check integration bench faults fuzz docs install archives release

all: release

demo:
	@.ci/install-packages demo
	@$(MAKE) --no-print-directory release
	@$(RELEASE)/sessionctl demo
	@echo "  make install                     puts the program, now .build/release/sessionctl, on the PATH"

test:
	@.ci/install-packages test
	$(SWIFT) build --build-tests $(TEST_FLAGS)
	$(SWIFT) build --product generate-manual $(TEST_FLAGS)
	$(SWIFT) test --skip-build $(TEST_FLAGS)
	$(FEW_FAULTS)
	@$(MAKE) --no-print-directory release
	$(RELEASE)/sessionctl demo >/dev/null

check:
	@.ci/install-packages test
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests
	$(SWIFT) build --build-tests $(SWIFT_FLAGS)
	$(SWIFT) build --product generate-manual $(SWIFT_FLAGS)
	$(SWIFT) test --skip-build --skip '\.($(SERVER_SUITES))/' $(SWIFT_FLAGS)

integration:
	@.ci/install-packages test
	$(SWIFT) build --build-tests $(TEST_FLAGS)
	$(SWIFT) test --skip-build --filter '\.($(SERVER_SUITES))/' $(TEST_FLAGS)
	$(FEW_FAULTS)

bench:
	@.ci/install-packages bench
	@$(MAKE) --no-print-directory release
	@SWIFT_BUILD='$(SWIFT) build $(RELEASE_FLAGS)' Tests/Benchmarks/run --sessions $(BENCH_SESSIONS)

faults:
	@.ci/install-packages test
	@$(MAKE) --no-print-directory release
	Tests/Faults/run --program $(RELEASE)/sessionctl --sessions $(FAULTS_SESSIONS)

# Changed fixtures through the release build, then libFuzzer with the address sanitizer for FUZZ_SECONDS. Both sanitizers stand in
# one option: of several the compiler takes the last alone.
fuzz:
	@.ci/install-packages build
	@$(MAKE) --no-print-directory archives
	$(SWIFT) build --product mutation-fuzz $(RELEASE_FLAGS)
	$(RELEASE)/mutation-fuzz streams $(FUZZ_INPUTS) Tests/Fixtures
	for kind in tokens values queries; do \
		$(RELEASE)/mutation-fuzz $$kind $$(($(FUZZ_INPUTS) / 10)) Tests/Fixtures || exit 1; done
	COVERAGE_FUZZ=1 $(SWIFT) build -c release --product coverage-fuzz --sanitize fuzzer -Xswiftc -sanitize=fuzzer,address \
		--scratch-path .build-fuzz
	@mkdir -p .build-fuzz/corpus
	@find Tests/Fixtures Tests/Fuzzing \( -name '*.ser' -o -name '*.session' -o -name '*.value' -o -name '*.input' \) -size -16k \
		-exec cp -n {} .build-fuzz/corpus/ \;
	.build-fuzz/release/coverage-fuzz -max_total_time=$(FUZZ_SECONDS) -max_len=16384 -timeout=10 -rss_limit_mb=2048 \
		-artifact_prefix=.build-fuzz/ .build-fuzz/corpus

docs:
	@.ci/install-packages build
	$(SWIFT) build --product sessionctl $(SWIFT_FLAGS)
	$(SWIFT) build --product generate-manual $(SWIFT_FLAGS)
	.ci/generate-documentation $(CURDIR)/.build/debug $(CURDIR)

archives:
	@mkdir -p $(ARCHIVES)
	@for name in hiredis readline tinfo sqlite3; do \
		for file in /usr/lib/*/lib$$name.a; do [ -e $$file ] && ln -sf $$file $(ARCHIVES); done; done; true
	@for file in /usr/lib/*/libjemalloc.a; do [ ! -e $$file ] || ld -r -o $(ALLOCATOR) --whole-archive $$file; done

release:
	@.ci/install-packages build
	@$(MAKE) --no-print-directory archives
	$(SWIFT) build --product sessionctl $(RELEASE_FLAGS)

install: release
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(RELEASE)/sessionctl $(DESTDIR)$(PREFIX)/bin/sessionctl
	install -m 644 man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1
	install -d $(DESTDIR)$(PREFIX)/share/man/man7
	install -m 644 man/*.7 $(DESTDIR)$(PREFIX)/share/man/man7
	install -D -m 644 completions/sessionctl.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/sessionctl
	install -D -m 644 completions/_sessionctl $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_sessionctl
	install -D -m 644 completions/sessionctl.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/sessionctl.fish
