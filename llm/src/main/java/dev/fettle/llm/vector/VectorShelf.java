package dev.fettle.llm.vector;

import dev.fettle.llm.settings.ModelBudget;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Vectors by one embedding model: each text is asked about once and kept in a file, a JSON object a
 * line with the model, the text's hash and the vector. The latest {@link #KEPT} are known. Guarded
 * by itself; nothing is locked while somebody is asked.
 */
public final class VectorShelf {
  static final int KEPT = 2_000;
  static final int TEXTS_EACH = 16;

  /** So many texts are asked about for one incident; the others at the next. */
  static final int MOST = 128;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LARGEST = 64L * 1024 * 1024;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String model;
  private final @Nullable LanguageModel embeddings;
  private final @Nullable Path file;
  private final LongSupplier nanos;
  private final Consumer<String> problems;
  private final Map<String, float[]> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
          return size() > KEPT;
        }
      };

  private VectorShelf(
      String model,
      @Nullable LanguageModel embeddings,
      @Nullable Path file,
      LongSupplier nanos,
      Consumer<String> problems) {
    this.model = model;
    this.embeddings = embeddings;
    this.file = file;
    this.nanos = nanos;
    this.problems = problems;
  }

  /** A shelf that stays empty and asks nobody. */
  public static VectorShelf none() {
    return new VectorShelf("", null, null, System::nanoTime, problem -> {});
  }

  /**
   * A shelf that goes on where its file ends; lines that cannot be read, and those of another
   * model, are left out.
   *
   * @param model name of the embedding model
   * @param nanos monotonic time
   * @param problems hears why vectors could not be had, one line without secrets
   */
  public static VectorShelf in(
      Path file,
      String model,
      LanguageModel embeddings,
      LongSupplier nanos,
      Consumer<String> problems) {
    VectorShelf shelf = new VectorShelf(model, embeddings, file, nanos, problems);
    shelf.read();
    return shelf;
  }

  /** Whether anybody would be asked. */
  public boolean on() {
    return embeddings != null;
  }

  /** Vectors that are known; nothing is sent. */
  public Vectors known() {
    return on() ? this::found : Vectors.none();
  }

  /** Texts that would be sent for their vectors. */
  public List<String> unknown(List<String> texts) {
    return on() ? missing(texts).stream().limit(MOST).toList() : List.of();
  }

  /**
   * Vectors that are known or can be had within ten seconds and the budget; the first text, which
   * the others are compared with, is asked about first.
   *
   * @param subject what it is about, for the ledger
   */
  public Vectors asking(String subject, ModelBudget budget) {
    LanguageModel asked = embeddings;
    if (asked == null) {
      return Vectors.none();
    }
    LanguageModel within = asked.within(budget);
    return texts -> {
      Deadline deadline = Deadline.after(budget.timeout(), nanos).within(PATIENCE);
      if (ask(within, subject, unknown(texts), deadline)) {
        // the first text's vector may be longer or shorter than what was kept before
        ask(within, subject, unknown(texts), deadline);
      }
      return found(texts);
    };
  }

  /** Whether all were answered. */
  private boolean ask(LanguageModel asked, String subject, List<String> texts, Deadline deadline) {
    for (int from = 0; from < texts.size(); from += TEXTS_EACH) {
      List<String> some = texts.subList(from, Math.min(texts.size(), from + TEXTS_EACH));
      Question question = VectorQuestion.of(model, subject, some);
      Reply reply = asked.ask(question, deadline);
      if (reply instanceof Reply.Unanswered no) {
        problems.accept(no.display());
        return false;
      }
      Optional<List<float[]>> vectors =
          VectorQuestion.read(((Reply.Answered) reply).answer().text(), some.size());
      if (vectors.isEmpty()) {
        problems.accept(
            asked.name() + " answered no " + some.size() + " usable vectors of one length");
        return false;
      }
      keep(some, vectors.get());
    }
    return true;
  }

  private synchronized Map<String, float[]> found(List<String> texts) {
    int length = length(texts);
    Map<String, float[]> found = new HashMap<>();
    for (String text : texts) {
      float[] vector = known.get(hash(text));
      if (vector != null && vector.length == length) {
        found.put(text, vector);
      }
    }
    return found;
  }

  /** Numbers of the first text's vector; 0 where it has none. */
  private synchronized int length(List<String> texts) {
    float[] first = texts.isEmpty() ? null : known.get(hash(texts.get(0)));
    return first == null ? 0 : first.length;
  }

  /** Texts without a vector that could be compared with the first one's. */
  private synchronized List<String> missing(List<String> texts) {
    int length = length(texts);
    Set<String> missing = new LinkedHashSet<>();
    for (String text : texts) {
      float[] vector = known.get(hash(text));
      if (vector == null || (length > 0 && vector.length != length)) {
        missing.add(text);
      }
    }
    return List.copyOf(missing);
  }

  private synchronized void keep(List<String> texts, List<float[]> vectors) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      String hash = hash(texts.get(i));
      known.put(hash, vectors.get(i));
      lines.append(line(hash, vectors.get(i)));
    }
    Path to = file;
    if (to == null) {
      return;
    }
    try {
      Files.createDirectories(to.toAbsolutePath().getParent());
      if (!Files.exists(to) || Files.size(to) + lines.length() < LARGEST) {
        Files.writeString(to, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } else {
        rewrite(to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + to, e);
    }
  }

  /** Leaves what is known of this model. */
  private void rewrite(Path to) throws IOException {
    Path part = to.resolveSibling(to.getFileName() + ".part");
    StringBuilder lines = new StringBuilder();
    known.forEach((hash, vector) -> lines.append(line(hash, vector)));
    Files.writeString(part, lines);
    Files.move(part, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private synchronized void read() {
    Path from = file;
    if (from == null || !Files.isRegularFile(from)) {
      return;
    }
    // bytes that are no UTF-8 spoil their line only
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(from), StandardCharsets.UTF_8))) {
      lines.lines().forEach(this::parse);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + from, e);
    }
  }

  private String line(String hash, float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length);
    for (float number : vector) {
      bytes.putFloat(number);
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("model", model);
    line.put("hash", hash);
    line.put("vector", Base64.getEncoder().encodeToString(bytes.array()));
    return JSON.writeValueAsString(line) + "\n";
  }

  private void parse(String line) {
    try {
      JsonNode read = JSON.readTree(line);
      byte[] bytes = Base64.getDecoder().decode(read.path("vector").asString(""));
      int length = bytes.length / Float.BYTES;
      if (!read.path("model").asString("").equals(model)
          || length == 0
          || length > VectorQuestion.LONGEST) {
        return;
      }
      float[] vector = new float[length];
      ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
      known.put(read.path("hash").asString(""), vector);
    } catch (JacksonException | IllegalArgumentException e) {
      // a line that was cut when the process ended
    }
  }

  private static String hash(String text) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
