package dev.throughline.local.run;

import java.nio.file.Path;

/**
 * Where the build put what is to be run.
 *
 * @param liberty the unpacked Open Liberty ({@code wlp})
 * @param config the product's server configuration ({@code server.xml} and its companions)
 * @param driver the folder with the JDBC driver
 * @param war the packaged product
 */
public record Installation(Path liberty, Path config, Path driver, Path war) {

    /**
     * From the system properties {@code throughline.liberty}, {@code throughline.config}, {@code throughline.driver},
     * {@code throughline.war}.
     */
    public static Installation fromSystemProperties() {
        return new Installation(
                path("throughline.liberty"),
                path("throughline.config"),
                path("throughline.driver"),
                path("throughline.war"));
    }

    private static Path path(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("The build must set the system property " + property);
        }
        return Path.of(value).toAbsolutePath();
    }
}
