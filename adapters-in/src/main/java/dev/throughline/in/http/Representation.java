package dev.throughline.in.http;

/** A value that is the body of an answer, in the form that {@link Json} gives it. */
public interface Representation {}
