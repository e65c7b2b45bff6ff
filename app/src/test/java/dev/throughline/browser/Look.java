package dev.throughline.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Locale;

/** The windows in which every state has to look right. */
enum Look {
    WIDE_LIGHT(1280, 800, ColorScheme.LIGHT),
    WIDE_DARK(1280, 800, ColorScheme.DARK),
    NARROW_LIGHT(360, 780, ColorScheme.LIGHT),
    NARROW_DARK(360, 780, ColorScheme.DARK);

    private final int width;
    private final int height;
    private final ColorScheme scheme;

    Look(int width, int height, ColorScheme scheme) {
        this.width = width;
        this.height = height;
        this.scheme = scheme;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    boolean isNarrow() {
        return width < 900;
    }

    /** Shows the page in this window. */
    void on(Page page) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.setViewportSize(width, height);
    }

    /** As file names have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
