package dev.fettle.llm.client;

import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.talk.Answer;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Reply;
import dev.fettle.llm.talk.Reply.Reason;
import dev.fettle.llm.talk.Reply.Unanswered;
import dev.fettle.llm.talk.Tokens;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.TokenUsage;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One attempt at one question over the network, by LangChain4j. Asks the server to keep to the
 * schema while decoding; a server that refuses that is not asked so again. Thread-safe.
 */
final class RemoteModel implements LanguageModel {
  private final LlmSettings settings;
  private final HttpClient client;
  private final InstantSource clock;
  private final AtomicBoolean constrained = new AtomicBoolean(true);

  RemoteModel(LlmSettings settings, HttpClient client, InstantSource clock) {
    this.settings = settings;
    this.client = client;
    this.clock = clock;
  }

  @Override
  public String name() {
    return settings.display();
  }

  @Override
  public Reply ask(Question question, Deadline deadline) {
    boolean schema = constrained.get();
    Attempt first = attempt(question, deadline, schema);
    if (schema && first.status() == 400 && !deadline.passed()) {
      Attempt plain = attempt(question, deadline, false);
      if (plain.reply() instanceof Reply.Answered) {
        constrained.set(false);
      }
      return plain.reply();
    }
    return first.reply();
  }

  /** A reply with the status that came; 0 when none did. */
  private record Attempt(Reply reply, int status) {}

  /**
   * Everything that a client library may throw at what a server may say ends here; one of the
   * firebreaks of the build.
   */
  private Attempt attempt(Question question, Deadline deadline, boolean schema) {
    CallHttp http = new CallHttp(client, deadline);
    try {
      ChatResponse response = model(http, question).chat(request(question, schema));
      return new Attempt(answered(question, response), 200);
    } catch (RuntimeException e) {
      return refused(e, http);
    }
  }

  private Reply answered(Question question, ChatResponse response) {
    String said = response.aiMessage() == null ? null : response.aiMessage().text();
    String text = said == null ? "" : said;
    TokenUsage usage = response.tokenUsage();
    Integer in = usage == null ? null : usage.inputTokenCount();
    Integer out = usage == null ? null : usage.outputTokenCount();
    boolean counted = in != null && out != null && in >= 0 && out >= 0;
    return new Reply.Answered(
        new Answer(
            text,
            name(),
            counted ? Objects.requireNonNull(in) : question.estimatedTokens(),
            counted ? Objects.requireNonNull(out) : Tokens.of(text),
            !counted));
  }

  private Attempt refused(RuntimeException thrown, CallHttp http) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof CallHttp.Broken broken) {
        Reason reason =
            switch (broken.kind()) {
              case TIMEOUT -> Reason.TIMEOUT;
              case CANCELLED -> Reason.CANCELLED;
              case UNREACHABLE -> Reason.UNREACHABLE;
              case TOO_LARGE -> Reason.TOO_LARGE;
            };
        return new Attempt(new Unanswered(reason, line(broken.getMessage())), 0);
      }
      if (t instanceof HttpException status) {
        return new Attempt(
            new Unanswered(reason(status.statusCode()), said(status), wait(http)),
            status.statusCode());
      }
    }
    return new Attempt(
        new Unanswered(Reason.MALFORMED, line(thrown.getClass().getSimpleName())), 200);
  }

  private static Reason reason(int status) {
    if (status == 429) {
      return Reason.THROTTLED;
    }
    return status >= 500 || status == 408 ? Reason.SERVER : Reason.REFUSED;
  }

  /** The server's words are hostile and may repeat the key: only the status is passed on. */
  private static String said(HttpException e) {
    return "status "
        + e.statusCode()
        + switch (e.statusCode()) {
          case 401, 403 -> ": the key is missing, wrong or may not use this model";
          case 404 -> ": no such model or path";
          case 413 -> ": the question is too large";
          default -> "";
        };
  }

  /** Seconds or a date, as RFC 9110 has it. */
  private Optional<Duration> wait(CallHttp http) {
    return http.retryAfter()
        .map(String::strip)
        .flatMap(
            v -> {
              if (v.matches("\\d{1,6}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(v)));
              }
              try {
                Instant at =
                    ZonedDateTime.parse(v, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
                Duration wait = Duration.between(clock.instant(), at);
                return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
              } catch (DateTimeParseException e) {
                return Optional.empty();
              }
            });
  }

  private static ChatRequest request(Question question, boolean schema) {
    ChatRequest.Builder request =
        ChatRequest.builder()
            .messages(SystemMessage.from(question.system()), UserMessage.from(question.user()))
            .maxOutputTokens(null);
    if (schema) {
      request.responseFormat(
          ResponseFormat.builder()
              .type(ResponseFormatType.JSON)
              .jsonSchema(
                  JsonSchema.builder()
                      .name(question.schema().name())
                      .rootElement(JsonRawSchema.from(question.schema().text()))
                      .build())
              .build());
    }
    return request.build();
  }

  private ChatModel model(CallHttp http, Question question) {
    CallHttp.Builder transport = new CallHttp.Builder(http);
    String key = settings.key().map(LlmSettings.Secret::reveal).orElse("none");
    Double temperature =
        settings.temperature().isPresent() ? settings.temperature().getAsDouble() : null;
    return switch (settings.provider()) {
      case OPENAI, OPENAI_COMPATIBLE -> {
        OpenAiChatModel.OpenAiChatModelBuilder builder =
            OpenAiChatModel.builder()
                .httpClientBuilder(transport)
                .baseUrl(settings.baseUrl())
                .apiKey(key)
                .modelName(settings.model())
                .temperature(temperature)
                .strictJsonSchema(true)
                .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                .maxRetries(0);
        // The newer models of one vendor refuse the old name, other servers know no other.
        yield settings.provider() == dev.fettle.llm.settings.Provider.OPENAI
            ? builder.maxCompletionTokens(question.maxTokens()).build()
            : builder.maxTokens(question.maxTokens()).build();
      }
      case ANTHROPIC ->
          AnthropicChatModel.builder()
              .httpClientBuilder(transport)
              .baseUrl(settings.baseUrl())
              .apiKey(key)
              .modelName(settings.model())
              .temperature(temperature)
              .maxTokens(question.maxTokens())
              .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
              .maxRetries(0)
              .build();
      case OLLAMA ->
          OllamaChatModel.builder()
              .httpClientBuilder(transport)
              .baseUrl(settings.baseUrl())
              .modelName(settings.model())
              .temperature(temperature)
              .numPredict(question.maxTokens())
              .numCtx(question.estimatedTokens() + question.maxTokens())
              .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
              .maxRetries(0)
              .build();
      case REPLAY, EXCHANGE, NONE ->
          throw new IllegalStateException(settings.provider() + " is not reached over the network");
    };
  }

  private static String line(@org.jspecify.annotations.Nullable String text) {
    String line = text == null ? "" : text.replaceAll("[\\p{Cntrl}]+", " ");
    return line.length() > 200 ? line.substring(0, 200) : line;
  }
}
