package dev.fettle.llm.context;

import dev.fettle.llm.text.Untrusted;
import dev.fettle.llm.vector.Vectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * Earlier incidents, found by BM25 over their words and, where there are vectors, by the cosine of
 * these; both orders are joined by reciprocal rank fusion (Cormack, Clarke, B&uuml;ttcher 2009).
 * The vectors of a few hundred incidents are compared one by one, which is exact and knows no
 * greatest length. Immutable once made; thread-safe.
 */
public final class PastCases {
  private static final int MAX_TERMS = 60;

  /** So many of each order are joined. */
  private static final int JOINED = 20;

  /** The constant of the fusion, as its authors chose it. */
  private static final double RANK_OFFSET = 60;

  private static final int LONGEST_TEXT = 1_000;
  private static final String WORDS = "words";

  private final List<PastCase> cases;
  private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
  private final Analyzer analyzer = new StandardAnalyzer();

  public PastCases(List<PastCase> cases) {
    this.cases = List.copyOf(cases);
    if (this.cases.isEmpty()) {
      return; // a command line that keeps no incidents need not load Lucene
    }
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
      for (int i = 0; i < this.cases.size(); i++) {
        Document document = new Document();
        document.add(new TextField(WORDS, words(this.cases.get(i).failure()), Field.Store.NO));
        document.add(new StoredField("at", i));
        writer.addDocument(document);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No case at all. */
  public static PastCases none() {
    return new PastCases(List.of());
  }

  /** The most similar ones by their words, best first; itself left out. */
  public List<PastCase> similar(String failure, String self, int limit) {
    return similar(failure, self, limit, Vectors.none());
  }

  /**
   * The most similar ones by words and vectors, best first; itself left out. By words alone where
   * the failure has no vector.
   *
   * @param vectors of {@link #texts}
   */
  public List<PastCase> similar(String failure, String self, int limit, Vectors vectors) {
    List<Integer> near =
        cases.isEmpty() || !vectors.any() ? List.of() : near(failure, self, vectors);
    List<Integer> worded = worded(failure, self, near.isEmpty() ? limit : JOINED);
    Map<Integer, Double> scores = new LinkedHashMap<>();
    for (List<Integer> order : List.of(worded, near)) {
      for (int rank = 0; rank < order.size(); rank++) {
        scores.merge(order.get(rank), 1 / (RANK_OFFSET + rank + 1), Double::sum);
      }
    }
    // stable: of equals the one that its words found goes first
    return scores.entrySet().stream()
        .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
        .limit(limit)
        .map(e -> cases.get(e.getKey()))
        .toList();
  }

  /** What vectors are wanted of, fit to be sent: the failure first, then all others. */
  public List<String> texts(String failure, String self) {
    List<String> texts = new ArrayList<>();
    texts.add(text(failure));
    cases.stream().filter(c -> !c.id().equals(self)).forEach(c -> texts.add(text(c.failure())));
    return texts.stream().filter(t -> !t.isBlank()).toList();
  }

  private static String text(String failure) {
    return Untrusted.line(failure, LONGEST_TEXT);
  }

  /** By falling cosine with the failure; opposite ones are left out. */
  private List<Integer> near(String failure, String self, Vectors vectors) {
    Map<String, float[]> known = vectors.of(texts(failure, self));
    float[] own = known.get(text(failure));
    if (own == null) {
      return List.of();
    }
    Map<Integer, Double> cosines = new LinkedHashMap<>();
    for (int i = 0; i < cases.size(); i++) {
      float[] other = known.get(text(cases.get(i).failure()));
      double cosine = other == null ? 0 : cosine(own, other);
      if (cosine > 0 && !cases.get(i).id().equals(self)) {
        cosines.put(i, cosine);
      }
    }
    return cosines.entrySet().stream()
        .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
        .limit(JOINED)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static double cosine(float[] one, float[] other) {
    double product = 0;
    double left = 0;
    double right = 0;
    for (int i = 0; i < one.length; i++) {
      product += (double) one[i] * other[i];
      left += (double) one[i] * one[i];
      right += (double) other[i] * other[i];
    }
    return product / Math.sqrt(left * right);
  }

  private List<Integer> worded(String failure, String self, int limit) {
    Set<String> terms = terms(words(failure));
    if (cases.isEmpty() || terms.isEmpty()) {
      return List.of();
    }
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    terms.forEach(t -> query.add(new TermQuery(new Term(WORDS, t)), BooleanClause.Occur.SHOULD));
    query.setMinimumNumberShouldMatch(Math.min(4, terms.size()));
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      List<Integer> found = new ArrayList<>();
      for (ScoreDoc hit : searcher.search(query.build(), limit + 1).scoreDocs) {
        Number at = searcher.storedFields().document(hit.doc).getField("at").numericValue();
        if (!cases.get(at.intValue()).id().equals(self) && found.size() < limit) {
          found.add(at.intValue());
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<String> terms(String text) {
    Set<String> terms = new TreeSet<>();
    try (TokenStream stream = analyzer.tokenStream(WORDS, text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken() && terms.size() < MAX_TERMS) {
        terms.add(term.toString());
      }
      stream.end();
      return terms;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names in camel case are also found by their parts. */
  private static String words(String text) {
    String cut = text.length() > 4000 ? text.substring(0, 4000) : text;
    return cut.toLowerCase(Locale.ROOT)
        + " "
        + cut.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replaceAll("[._$]", " ");
  }
}
