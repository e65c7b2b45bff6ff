package dev.throughline.in.http;

import java.util.Locale;
import java.util.regex.Pattern;

/** Understands the media types that we take. */
final class MediaTypes {
    private static final Pattern JSON =
            Pattern.compile("application/json\\s*(?:;\\s*charset\\s*=\\s*\"?utf-?8\"?\\s*)?;?");

    private MediaTypes() {}

    static boolean isJson(String contentType) {
        return JSON.matcher(contentType.strip().toLowerCase(Locale.ROOT)).matches();
    }
}
