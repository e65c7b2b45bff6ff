package dev.throughline.in.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/**
 * Roots every resource of the deployment; the container finds them, so that no adapter lists another's. What they take
 * and answer is described in the application's {@code META-INF/openapi.yaml}.
 */
@ApplicationPath("/api/v1")
public class RestApplication extends Application {}
