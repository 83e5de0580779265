package dev.fettle.llm.context;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

/** Earlier incidents, found by BM25 over their words. Immutable once made; thread-safe. */
public final class PastCases {
  private static final int MAX_TERMS = 60;
  private static final String WORDS = "words";

  private final List<PastCase> cases;
  private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
  private final Analyzer analyzer = new StandardAnalyzer();

  public PastCases(List<PastCase> cases) {
    this.cases = List.copyOf(cases);
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

  /** The most similar ones, best first; itself left out. */
  public List<PastCase> similar(String failure, String self, int limit) {
    Set<String> terms = terms(words(failure));
    if (cases.isEmpty() || terms.isEmpty()) {
      return List.of();
    }
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    terms.forEach(t -> query.add(new TermQuery(new Term(WORDS, t)), BooleanClause.Occur.SHOULD));
    query.setMinimumNumberShouldMatch(Math.min(4, terms.size()));
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      List<PastCase> found = new ArrayList<>();
      for (ScoreDoc hit : searcher.search(query.build(), limit + 1).scoreDocs) {
        Number at = searcher.storedFields().document(hit.doc).getField("at").numericValue();
        PastCase one = cases.get(at.intValue());
        if (!one.id().equals(self) && found.size() < limit) {
          found.add(one);
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
