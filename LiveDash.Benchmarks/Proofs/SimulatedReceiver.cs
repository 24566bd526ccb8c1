using System.Globalization;
using LiveDash.Core.Notifications;
using LiveDash.Tests.Shared;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>A receiver that fails every so often, by a seed and not by the order it is asked in, and believes what it is told. Thread-safe.</summary>
internal sealed class SimulatedReceiver(int seed, ManualTime time) : INotifier
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _attempts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _believed = new(StringComparer.Ordinal);
    private readonly List<string> _told = [];

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds { get; } = ["log"];

    /// <summary>True while it takes everything.</summary>
    public bool IsSound { get; set; }

    /// <summary>Who sends to it; one that is dead sends nothing, whatever is on its way in it.</summary>
    public SimulatedNode? Sender { get; set; }

    /// <summary>What it was told, with the time, in order.</summary>
    public IReadOnlyList<string> Told
    {
        get { lock (_gate) return [.. _told]; }
    }

    /// <summary>The alerts that it believes to fire.</summary>
    public IReadOnlySet<string> Firing
    {
        get { lock (_gate) return _believed.Where(static pair => pair.Value != "resolved").Select(static pair => pair.Key).ToHashSet(StringComparer.Ordinal); }
    }

    /// <inheritdoc/>
    public Task<NotifyResult> SendAsync(ChannelConfig channel, Delivery delivery, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Sender is { IsDead: true }) return Task.FromResult(NotifyResult.Retry("dead"));
            var attempt = _attempts[delivery.Key] = _attempts.GetValueOrDefault(delivery.Key) + 1;
            var chance = new Random(HashOf($"{seed} {delivery.Key} {attempt}")).Next(4);
            if (!IsSound && chance == 0) return Task.FromResult(NotifyResult.Retry("busy"));
            foreach (var notice in delivery.Notices)
            {
                _believed[notice.AlertId] = notice.Kind;
                _told.Add(string.Create(CultureInfo.InvariantCulture, $"{time.Ticks} {notice.Kind} {notice.Series}"));
            }

            // Taken, and the answer lost: it comes again with the same key.
            return Task.FromResult(!IsSound && chance == 1 ? NotifyResult.Retry("cut off") : NotifyResult.Delivered);
        }
    }

    // The same in every process, which a string's own hash is not.
    private static int HashOf(string text)
    {
        var hash = 17;
        foreach (var letter in text) hash = unchecked((hash * 31) + letter);
        return hash;
    }
}
