using System.Text.Json;
using LiveDash.Core.Configuration;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Notifications;

/// <summary>The channels in force, kept over restarts. All members are thread-safe.</summary>
public sealed class ChannelBook(IDocumentStore documents, NotificationOptions options)
{
    private const string Kind = "settings";
    private const string Id = "channels";
    private readonly SemaphoreSlim _saving = new(1, 1);
    private volatile IReadOnlyList<ChannelConfig> _channels = [];

    /// <summary>Raised after <see cref="Channels"/> has changed. Carries nothing: read the newest.</summary>
    public event Action? Changed;

    /// <summary>The channels now.</summary>
    public IReadOnlyList<ChannelConfig> Channels => _channels;

    /// <summary>One channel, or null.</summary>
    public ChannelConfig? Find(string name) => _channels.FirstOrDefault(channel => channel.Name == name);

    /// <summary>Whom a rule tells: the channels it names, else those that are the default; empty where it tells nobody.</summary>
    public IReadOnlyList<string> Of(RuleConfig rule) =>
        rule.Channels.Count > 0 ? rule.Channels : [.. _channels.Where(static channel => channel.Default == true).Select(static channel => channel.Name)];

    /// <summary>Takes over what was kept.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (await documents.GetAsync(Kind, Id, cancellationToken).ConfigureAwait(false) is not { } body) return;
        _channels = JsonSerializer.Deserialize<List<ChannelConfig>>(body, JsonSerializerOptions.Web) ?? [];
        Changed?.Invoke();
    }

    /// <summary>Checks the channels, keeps them and lets them stand.</summary>
    /// <returns>The faults; where there are any, nothing was changed.</returns>
    /// <exception cref="StoreFullException">The disk has no space; nothing was changed.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only; nothing was changed.</exception>
    public Task<IReadOnlyList<SettingFault>> SaveAsync(IReadOnlyList<ChannelConfig> channels, CancellationToken cancellationToken) =>
        ChangeAsync(_ => channels, cancellationToken);

    /// <summary>Changes the channels there are: of two who change at once, neither undoes what the other did. Else as <see cref="SaveAsync"/>.</summary>
    /// <param name="change">Makes the new channels out of those in force.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<IReadOnlyList<SettingFault>> ChangeAsync(
        Func<IReadOnlyList<ChannelConfig>, IReadOnlyList<ChannelConfig>> change, CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var channels = change(_channels);
            var faults = ChannelValidator.Validate(channels, options);
            if (faults.Count > 0) return faults;
            var body = JsonSerializer.SerializeToUtf8Bytes(channels, JsonSerializerOptions.Web);
            await documents.ApplyAsync([new DocumentChange(Kind, Id, body)], cancellationToken).ConfigureAwait(false);
            _channels = channels;
        }
        finally
        {
            _saving.Release();
        }

        Changed?.Invoke();
        return [];
    }
}
