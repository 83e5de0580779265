package dev.fettle.llm.tape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.llm.Models;
import dev.fettle.llm.client.Ledger;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.talk.Answer;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Reply;
import dev.fettle.llm.talk.Reply.Reason;
import dev.fettle.llm.talk.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TapeTest {
  private static final String SECRET = "ghp_16charactersAndMore0123456789abc";

  @TempDir Path folder;

  @Test
  void replaysWhatWasRecordedLetterByLetter() {
    Reply first = new Recording(said("{\"a\":\"é \u2028\"}"), folder).ask(question("q"), soon());
    Reply second = new Replay(folder).ask(question("q"), soon());

    assertThat(((Reply.Answered) second).answer()).isEqualTo(((Reply.Answered) first).answer());
  }

  @Test
  void aRecordingIsTheSameFileEachTime() throws IOException {
    new Recording(said("{}"), folder).ask(question("q"), soon());
    String first = Files.readString(only());
    new Recording(said("{}"), folder).ask(question("q"), soon());

    assertThat(Files.readString(only())).isEqualTo(first);
  }

  @Test
  void everythingThatAProviderSeesIsPartOfTheHash() {
    Schema schema = new Schema("x", "{\"type\":\"object\"}");
    Question plain = new Question("heal", "inc-1", "p/1", "system", "user", schema, 9);

    assertThat(
            List.of(
                new Question("heal", "inc-1", "p/2", "system", "user", schema, 9).hash(),
                new Question("heal", "inc-1", "p/1", "other", "user", schema, 9).hash(),
                new Question("heal", "inc-1", "p/1", "system", "other", schema, 9).hash(),
                new Question("heal", "inc-1", "p/1", "system", "user", schema, 8).hash(),
                new Question("heal", "inc-1", "p/1", "system", "user", new Schema("y", "{}"), 9)
                    .hash()))
        .doesNotContain(plain.hash())
        .doesNotHaveDuplicates();
    assertThat(new Question("heal", "inc-2", "p/1", "system", "user", schema, 9).hash())
        .isEqualTo(plain.hash());
  }

  @Test
  void aMissNamesTheFileAndTheWayOut() {
    Reply reply = new Replay(folder).ask(question("never asked"), soon());

    var no = (Reply.Unanswered) reply;
    assertThat(no.reason()).isEqualTo(Reason.NOT_RECORDED);
    assertThat(no.detail()).contains(question("never asked").hash()).contains("--record");
  }

  @Test
  void aSecretInQuestionOrAnswerIsNeverStored() throws IOException {
    Reply used = new Recording(said("token " + SECRET), folder).ask(question(SECRET), soon());

    assertThat(Files.readString(only())).doesNotContain(SECRET);
    assertThat(((Reply.Answered) used).answer().text()).doesNotContain(SECRET);
  }

  @Test
  void whatWasNotAnsweredIsNotRecorded() throws IOException {
    LanguageModel silent =
        Models.open(
            LlmSettings.none().recording(folder),
            Ledger.inMemory(InstantSource.system()),
            Map.of(),
            InstantSource.system(),
            System::nanoTime);

    assertThat(((Reply.Unanswered) silent.ask(question("q"), soon())).reason())
        .isEqualTo(Reason.OFF);
    assertThat(files()).isEmpty();
  }

  @Test
  void anExchangeInBatchWritesTheQuestionAndDoesNotWait() throws IOException {
    Exchange exchange = new Exchange(folder, true, InstantSource.system());

    var no = (Reply.Unanswered) exchange.ask(question("q"), soon());

    assertThat(no.reason()).isEqualTo(Reason.PENDING);
    assertThat(files()).containsExactly(question("q").hash() + ".question.json");
  }

  @Test
  void anAnswerFileMayBeABareAnswerACardOrText() throws IOException {
    Exchange exchange = new Exchange(folder, true, InstantSource.system());
    write(question("bare").hash() + ".answer.json", "{\"a\":\"1\"}");
    write(question("card").hash() + ".answer.json", "{\"text\":\"{}\",\"model\":\"mine\"}");
    write(question("text").hash() + ".answer.txt", "Here: {\"a\":\"2\"}");

    assertThat(text(exchange, "bare")).isEqualTo("{\"a\":\"1\"}");
    assertThat(text(exchange, "card")).isEqualTo("{}");
    assertThat(text(exchange, "text")).contains("2");
  }

  @Test
  void anotherProcessAnswersWhileTheExchangeWaits() throws Exception {
    Exchange exchange = new Exchange(folder, false, InstantSource.system());
    Path asked = folder.resolve(question("q").hash() + ".question.json");
    Thread person =
        new Thread(
            () -> {
              try {
                while (!Files.exists(asked)) {
                  Thread.sleep(5);
                }
                write(question("q").hash() + ".answer.json", "{\"a\":\"late\"}");
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    person.start();
    assertThat(text(exchange, "q")).contains("late");
    person.join();
  }

  private String text(LanguageModel model, String what) {
    return ((Reply.Answered) model.ask(question(what), soon())).answer().text();
  }

  private Path only() throws IOException {
    assertThat(files()).hasSize(1);
    return folder.resolve(files().get(0));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Question question(String user) {
    return new Question(
        "repair", "inc-1", "repair/1", "system", user, new Schema("x", "{\"type\":\"object\"}"), 9);
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(20), System::nanoTime);
  }

  private static LanguageModel said(String text) {
    return new LanguageModel() {
      @Override
      public String name() {
        return "said";
      }

      @Override
      public Reply ask(Question question, Deadline deadline) {
        return new Reply.Answered(new Answer(text, "said", 3, 4, false));
      }
    };
  }
}
