namespace LiveDash.Web.Diagnostics;

/// <summary>The host's own logger without the faults of a start that are told in a sentence, and without the cancellations that follow from one. Thread-safe.</summary>
internal sealed class StartLogger(ILogger inner) : ILogger
{
    private volatile bool _failed;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is not null && StartFaults.Of(exception) is not null)
        {
            _failed = true;
            return;
        }

        if (_failed && exception is OperationCanceledException) return;
        inner.Log(logLevel, eventId, state, exception, formatter);
    }
}
