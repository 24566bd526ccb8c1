using System.Text.Json;
using System.Threading.Channels;

namespace LiveDash.Tests.Shared;

/// <summary>Reads Server-Sent Events whose data is JSON.</summary>
public sealed class EventReader : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly Channel<JsonElement> _events = Channel.CreateUnbounded<JsonElement>();
    private readonly HttpResponseMessage _answer;
    private readonly Task _reading;

    private EventReader(HttpResponseMessage answer)
    {
        _answer = answer;
        _reading = ReadAsync();
    }

    /// <summary>True when an event has come that was not asked for yet.</summary>
    public bool HasNext => _events.Reader.TryPeek(out _);

    /// <summary>Opens a stream.</summary>
    public static async Task<EventReader> OpenAsync(LiveApp app, string path)
    {
        var answer = await app.Client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new EventReader(answer);
    }

    /// <summary>The next event's data.</summary>
    public async Task<JsonElement> NextAsync() => await _events.Reader.ReadAsync().AsTask().WaitAsync(s_patience);

    /// <summary>The first event from now on that satisfies the condition.</summary>
    public async Task<JsonElement> UntilAsync(Func<JsonElement, bool> condition)
    {
        while (true)
        {
            var one = await NextAsync();
            if (condition(one)) return one;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _answer.Dispose();
        await _reading;
    }

    private async Task ReadAsync()
    {
        try
        {
            using var reader = new StreamReader(await _answer.Content.ReadAsStreamAsync());
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal)) _events.Writer.TryWrite(JsonDocument.Parse(line[6..]).RootElement);
            }

            _events.Writer.TryComplete();
        }
        // An event that was on its way when the stream was closed may be cut in two.
        catch (Exception exception) when (exception is IOException or HttpRequestException or ObjectDisposedException or JsonException)
        {
            _events.Writer.TryComplete(exception);
        }
    }
}
