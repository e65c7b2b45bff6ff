package dev.throughline.verifier;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file that somebody named on the command line. */
final class InputFile {
    private InputFile() {}

    static Path of(String name, String what) throws UnreadableException {
        Path path = path(name);
        if (!Files.exists(path)) {
            throw new UnreadableException("There is no file " + name + ": name the file with the " + what + ".");
        }
        if (Files.isDirectory(path)) {
            throw new UnreadableException(name + " is a folder: name the file with the " + what + ".");
        }
        if (!Files.isReadable(path)) {
            throw new UnreadableException("The file " + name + " may not be read: let this account read it.");
        }
        return path;
    }

    private static Path path(String name) throws UnreadableException {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new UnreadableException(name + " cannot be the name of a file: name one that exists.");
        }
    }
}
