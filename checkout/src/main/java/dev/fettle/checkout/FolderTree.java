package dev.fettle.checkout;

import dev.fettle.contract.spi.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A directory as it is now, under version control or not. Output folders of builds and what tools
 * keep for themselves are left out, links too. Nothing is copied: the directory should not change
 * while this is used. The revision is a digest of names and contents. Immutable.
 */
public final class FolderTree implements SourceTree {
  private static final long LARGEST_TEXT = 16L << 20;
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final int MOST_FILES = 200_000;
  private static final Set<String> OF_TOOLS =
      Set.of(".git", ".svn", ".hg", ".gradle", ".idea", ".settings", ".fettle", "node_modules");
  private static final Set<String> OUTPUTS = Set.of("target", "build", "out", "bin");
  private static final List<String> BUILD_FILES =
      List.of("pom.xml", "build.gradle", "build.gradle.kts", "build.xml", "settings.gradle");

  private final Path root;
  private final String revision;
  private final List<String> paths;
  private final Set<String> known;

  private FolderTree(Path root, String revision, List<String> paths) {
    this.root = root;
    this.revision = revision;
    this.paths = List.copyOf(paths);
    this.known = Set.copyOf(paths);
  }

  /**
   * Reads it.
   *
   * @throws IOException when it is no directory, cannot be read, or holds more than {@value
   *     #MOST_FILES} files
   */
  public static FolderTree of(Path directory) throws IOException {
    return of(directory, List.of());
  }

  /**
   * Reads it without some folders that lie in it.
   *
   * @param without folders that are no part of it, whether they exist or not, such as where a tool
   *     keeps its copies
   * @throws IOException as {@link #of(Path)}
   */
  public static FolderTree of(Path directory, List<Path> without) throws IOException {
    Path root = directory.toRealPath();
    Set<Path> others = new HashSet<>();
    for (Path folder : without) {
      others.add(Files.exists(folder) ? folder.toRealPath() : folder.toAbsolutePath().normalize());
    }
    List<String> paths = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(root) && (others.contains(folder) || leftOut(folder))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              paths.add(root.relativize(file).toString().replace('\\', '/'));
              if (paths.size() > MOST_FILES) {
                throw new IOException(
                    root + " holds more than " + MOST_FILES + " files; wanted one project");
              }
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(paths);
    return new FolderTree(root, digest(root, paths), paths);
  }

  private static boolean leftOut(Path folder) {
    String name = String.valueOf(folder.getFileName());
    if (OF_TOOLS.contains(name)) {
      return true;
    }
    Path parent = folder.getParent();
    return parent != null
        && OUTPUTS.contains(name)
        && BUILD_FILES.stream().anyMatch(f -> Files.isRegularFile(parent.resolve(f)));
  }

  private static String digest(Path root, List<String> paths) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      byte[] block = new byte[1 << 16];
      for (String path : paths) {
        Path file = root.resolve(path);
        digest.update((path + "\0" + Files.size(file) + "\0").getBytes(StandardCharsets.UTF_8));
        try (InputStream in = Files.newInputStream(file)) {
          for (int read = in.read(block); read >= 0; read = in.read(block)) {
            digest.update(block, 0, read);
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  @Override
  public String revision() {
    return revision;
  }

  @Override
  public Path repository() {
    return root;
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public List<String> paths() {
    return paths;
  }

  /**
   * Only names of {@link #paths()} are opened; what is no UTF-8 is read as Latin-1. A byte order
   * mark is no part of the text.
   */
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
      byte[] bytes = Files.readAllBytes(file);
      String text = new String(bytes, charset(bytes));
      return Optional.of(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    } catch (IOException e) {
      throw new UncheckedIOException("the directory lost " + path, e);
    }
  }

  /** The encoding that a file's bytes are read in: UTF-8 where they are, else Latin-1. */
  public static Charset charset(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return StandardCharsets.UTF_8;
    } catch (CharacterCodingException e) {
      return StandardCharsets.ISO_8859_1;
    }
  }
}
