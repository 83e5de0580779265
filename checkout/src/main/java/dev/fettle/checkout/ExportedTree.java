package dev.fettle.checkout;

import dev.fettle.contract.spi.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A revision's files in a directory of their own. Immutable: nobody writes there. */
final class ExportedTree implements SourceTree {
  private static final long LARGEST_TEXT = 16L << 20;

  private final String revision;
  private final Path repository;
  private final Path root;
  private final List<String> paths;
  private final Set<String> known;

  private ExportedTree(String revision, Path repository, Path root, List<String> paths) {
    this.revision = revision;
    this.repository = repository;
    this.root = root;
    this.paths = List.copyOf(paths);
    this.known = Set.copyOf(paths);
  }

  static ExportedTree of(String revision, Path repository, Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<String> paths =
          files
              .filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
              .map(f -> root.relativize(f).toString().replace('\\', '/'))
              .sorted()
              .toList();
      return new ExportedTree(revision, repository, root, paths);
    }
  }

  @Override
  public String revision() {
    return revision;
  }

  @Override
  public Path repository() {
    return repository;
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public List<String> paths() {
    return paths;
  }

  /** Only names of {@link #paths()} are opened, so none can lead outside. */
  @Override
  public Optional<String> text(String path) {
    if (!known.contains(path)) {
      return Optional.empty();
    }
    Path file = root.resolve(path);
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.size(file) > LARGEST_TEXT) {
        return Optional.empty();
      }
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("the exported tree lost " + path, e);
    }
  }
}
