using System.Text.Json;
using LiveDash.Core.Storage;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Configuration;

/// <summary>
/// The window settings in force: one for the whole app, kept over restarts. Whoever shows or uses them reads <see cref="Plan"/> and listens to
/// <see cref="Changed"/>. All members are thread-safe.
/// </summary>
public sealed partial class WindowSettingsBook(IDocumentStore documents, TimeProvider time, ILogger<WindowSettingsBook> logger) : IDisposable
{
    private const string Kind = "settings";
    private const string Id = "windows";
    private const string ChangesId = "window-changes";

    /// <summary>How many changes are remembered; older ones go.</summary>
    public const int MaxChanges = 50;

    private readonly SemaphoreSlim _saving = new(1, 1);
    private volatile WindowPlan _plan = new(WindowSettings.Initial);
    private volatile IReadOnlyList<WindowChange> _changes = [];

    /// <summary>Raised after <see cref="Plan"/> has changed, on the thread of whoever changed it, outside locks. Carries nothing: read the newest.</summary>
    public event Action? Changed;

    /// <summary>What the settings mean now.</summary>
    public WindowPlan Plan => _plan;

    /// <summary>What the user wrote.</summary>
    public WindowSettings Current => _plan.Settings;

    /// <summary>Who changed what, the newest first; at most <see cref="MaxChanges"/>.</summary>
    public IReadOnlyList<WindowChange> Changes => _changes;

    /// <summary>Takes over what was kept. Settings that cannot be read any more are reported, and the initial ones stand until they are saved anew.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (await documents.GetAsync(Kind, ChangesId, cancellationToken) is { } changes) _changes = TryRead<IReadOnlyList<WindowChange>>(changes) ?? [];
        if (await documents.GetAsync(Kind, Id, cancellationToken) is not { } body) return;
        var kept = TryRead<WindowSettings>(body);
        if (kept is not null && WindowSettingsValidator.Validate(kept).Count > 0) kept = null;
        if (kept is null)
        {
            LogUnreadable(logger);
            return;
        }

        _plan = new WindowPlan(kept);
        Changed?.Invoke();
    }

    /// <summary>Checks the settings, keeps them on disk and then lets them stand for everybody.</summary>
    /// <param name="settings">What shall stand.</param>
    /// <param name="cancellationToken">Ends the wait for the disk.</param>
    /// <param name="by">Who or what changes them, for <see cref="Changes"/>.</param>
    /// <returns>The faults; where there are any, nothing was changed.</returns>
    /// <exception cref="StoreFullException">The disk has no space; nothing was changed.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only; nothing was changed.</exception>
    public async Task<IReadOnlyList<SettingFault>> SaveAsync(WindowSettings settings, CancellationToken cancellationToken, string by = "the API")
    {
        var faults = WindowSettingsValidator.Validate(settings);
        if (faults.Count > 0) return faults;
        var plan = new WindowPlan(settings);
        var body = JsonSerializer.SerializeToUtf8Bytes(settings, JsonSerializerOptions.Web);
        await _saving.WaitAsync(cancellationToken);
        try
        {
            var what = WindowChange.Describe(Current, settings);
            IReadOnlyList<WindowChange> changes = what.Count == 0 ? _changes : [new(time.GetUtcNow().UtcTicks, by, what), .. _changes.Take(MaxChanges - 1)];
            await documents.ApplyAsync([new DocumentChange(Kind, Id, body), new DocumentChange(Kind, ChangesId, JsonSerializer.SerializeToUtf8Bytes(changes, JsonSerializerOptions.Web))], cancellationToken);
            (_plan, _changes) = (plan, changes);
        }
        finally
        {
            _saving.Release();
        }

        Changed?.Invoke();
        return faults;
    }

    /// <inheritdoc/>
    public void Dispose() => _saving.Dispose();

    private static T? TryRead<T>(byte[] body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(1401, LogLevel.Error, "The kept window settings cannot be read; every series has the last 500 points until they are saved anew")]
    private static partial void LogUnreadable(ILogger logger);
}
