// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Durations;
import io.highwater.core.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Looks at a file. */
final class FileProber implements Prober {

    /** What is larger is no certificate, key or wallet. */
    private static final int MOST_BYTES = 4 << 20;

    private static final FileContent NOTHING = new FileContent(0, 0, Optional.empty());

    private final FileProbeSettings settings;
    private final Path path;

    FileProber(FileProbeSettings settings) {
        this.settings = settings;
        this.path = settings.path();
    }

    @Override
    public void probe(Attempt attempt, Samples out) throws ProbeFailure {
        var attributes = attributes(out);
        out.add(FileFamilies.SIZE, (double) attributes.size());
        out.add(FileFamilies.MODIFIED, attributes.lastModifiedTime().toMillis() / 1e3);
        boolean readable = attributes.isRegularFile() && Files.isReadable(path);
        out.add(FileFamilies.READABLE, readable);
        boolean tooOpen = isTooOpen(attributes);
        if (settings.mode().isPresent()) {
            out.add(FileFamilies.TOO_OPEN, tooOpen);
        }
        if (!attributes.isRegularFile()) {
            throw new ProbeFailure(FailureReason.UNREADABLE, path + " is no file"); // reading a pipe would wait
        }
        if (!readable) {
            throw new ProbeFailure(FailureReason.UNREADABLE, path + " cannot be read by the agent");
        }
        var content = content(attributes.size(), out);
        checkMode(tooOpen, attributes);
        checkAge(attributes);
        checkValidity(content);
    }

    private PosixFileAttributes attributes(Samples out) throws ProbeFailure {
        try {
            var attributes = Files.readAttributes(path, PosixFileAttributes.class);
            out.add(FileFamilies.PRESENT, 1);
            return attributes;
        } catch (NoSuchFileException e) {
            out.add(FileFamilies.PRESENT, 0);
            throw new ProbeFailure(FailureReason.MISSING, path + " does not exist", e);
        } catch (IOException e) {
            throw new ProbeFailure(
                    FailureReason.UNREADABLE, path + ": " + e.getClass().getSimpleName(), e);
        }
    }

    private FileContent content(long size, Samples out) throws ProbeFailure {
        if (!isReadFor()) {
            return NOTHING;
        }
        var content = read(size);
        out.add(FileFamilies.CERTIFICATES, content.certificates());
        out.add(FileFamilies.KEYS, content.keys());
        content.expires().ifPresent(when -> out.add(FileFamilies.EXPIRY, when.toEpochMilli() / 1e3));
        return content;
    }

    private boolean isReadFor() {
        return switch (settings.content()) {
            case PEM, JWK -> true;
            case PKCS12 -> settings.password().isPresent();
            case ANY -> false;
        };
    }

    private FileContent read(long size) throws ProbeFailure {
        if (size > MOST_BYTES) {
            throw new ProbeFailure(FailureReason.BODY, path + " has " + size + " bytes, which no key has");
        }
        try (var in = Files.newInputStream(path)) {
            var bytes = in.readNBytes(MOST_BYTES);
            return switch (settings.content()) {
                case PEM -> FileContent.ofPem(bytes);
                case PKCS12 -> FileContent.ofPkcs12(bytes, settings.password().orElseThrow());
                case JWK -> FileContent.ofJwk(bytes);
                case ANY -> NOTHING;
            };
        } catch (IOException e) {
            throw new ProbeFailure(
                    FailureReason.UNREADABLE, path + ": " + e.getClass().getSimpleName(), e);
        } catch (IllegalStateException e) { // a secret that cannot be had
            throw new ProbeFailure(FailureReason.AUTH, String.valueOf(e.getMessage()), e);
        }
    }

    private boolean isTooOpen(PosixFileAttributes attributes) {
        return settings.mostMode().isPresent()
                && (mode(attributes) & ~settings.mostMode().get()) != 0;
    }

    /** As chmod's number. */
    private static int mode(PosixFileAttributes attributes) {
        var set = attributes.permissions();
        int mode = 0;
        for (var permission : PosixFilePermission.values()) { // from the owner's right to read to others' to execute
            mode = mode << 1 | (set.contains(permission) ? 1 : 0);
        }
        return mode;
    }

    private void checkMode(boolean tooOpen, PosixFileAttributes attributes) throws ProbeFailure {
        if (tooOpen) {
            throw new ProbeFailure(
                    FailureReason.UNREADABLE,
                    "%s has mode %04o, which is more than %s"
                            .formatted(path, mode(attributes), settings.mode().orElse("")));
        }
    }

    private void checkAge(PosixFileAttributes attributes) throws ProbeFailure {
        var age = Duration.between(attributes.lastModifiedTime().toInstant(), Instant.now());
        if (settings.maxAge().isPresent() && age.compareTo(settings.maxAge().get()) > 0) {
            throw new ProbeFailure(
                    FailureReason.STALE,
                    path + " was written longer ago than "
                            + Durations.format(settings.maxAge().get()));
        }
    }

    private void checkValidity(FileContent content) throws ProbeFailure {
        var end = content.expires();
        if (end.isPresent() && end.get().isBefore(Instant.now().plus(settings.validFor()))) {
            throw new ProbeFailure(
                    FailureReason.CERTIFICATE,
                    path + ": a certificate expires at " + end.get() + ", in less than "
                            + Durations.format(settings.validFor()));
        }
    }
}
