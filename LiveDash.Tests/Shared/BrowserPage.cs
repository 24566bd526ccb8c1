using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace LiveDash.Tests.Shared;

/// <summary>A page and what went wrong on it: errors on the console, uncaught exceptions and failed requests.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly TaskCompletionSource _rendered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal BrowserPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error") _errors.Enqueue($"console: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => _errors.Enqueue("exception: " + error);
        page.Response += (_, response) =>
        {
            if (response.Status >= 400) _errors.Enqueue($"{response.Status} {response.Url}");
        };
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            if (frame.Binary is { } bytes && bytes.AsSpan().IndexOf("JS.RenderBatch"u8) >= 0) _rendered.TrySetResult();
        };
    }

    /// <summary>Playwright's page.</summary>
    public IPage Page { get; }

    /// <summary>Done as soon as the circuit has sent its first rendering.</summary>
    public Task CircuitRendered => _rendered.Task;

    /// <summary>What went wrong so far, oldest first.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>Fails with every error in full when anything went wrong so far.</summary>
    public void AssertNoErrors() => Assert.True(_errors.IsEmpty, string.Join(Environment.NewLine, _errors));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
