using LiveDash.Core.Configuration;
using LiveDash.Core.Storage;

namespace LiveDash.Web.ViewModels;

/// <summary>How series are downsampled, while somebody edits it: fields as typed, and what is wrong with each. For one circuit.</summary>
public sealed class TierDraft
{
    private IReadOnlyList<TierSetting> _base = [];
    private IReadOnlyList<TierFault> _faults = [];

    /// <summary>Starts from settings.</summary>
    public TierDraft(TierSettings settings) => Take(settings);

    /// <summary>The patterns in order; the first that matches a series decides.</summary>
    public List<TierForm> Patterns { get; } = [];

    /// <summary>True when something differs from what it started from.</summary>
    public bool IsDirty => !Texts(ToSettings().Tiers).SequenceEqual(Texts(_base));

    /// <summary>True when nothing is wrong.</summary>
    public bool IsValid => _faults.Count == 0;

    /// <summary>What is wrong with a field of a pattern, or null.</summary>
    public string? Fault(int place, string field) => _faults.FirstOrDefault(fault => fault.At == place && fault.Field == field).Detail;

    /// <summary>Starts anew from other settings.</summary>
    public void Take(TierSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _base = settings.Tiers;
        Patterns.Clear();
        Patterns.AddRange(settings.Tiers.Select(TierForm.From));
        Check();
    }

    /// <summary>Changes one pattern.</summary>
    public void Set(int place, TierForm form)
    {
        Patterns[place] = form;
        Check();
    }

    /// <summary>Adds a pattern at the end.</summary>
    public void Add()
    {
        Patterns.Add(TierForm.Usual);
        Check();
    }

    /// <summary>Takes one away.</summary>
    public void RemoveAt(int place)
    {
        Patterns.RemoveAt(place);
        Check();
    }

    /// <summary>Moves one a place up, where there is one.</summary>
    public void Raise(int place)
    {
        if (place < 1) return;
        (Patterns[place], Patterns[place - 1]) = (Patterns[place - 1], Patterns[place]);
        Check();
    }

    /// <summary>The settings as typed.</summary>
    public TierSettings ToSettings() => new() { Tiers = [.. Patterns.Select(static one => one.ToSetting())] };

    private static IEnumerable<(string, string)> Texts(IReadOnlyList<TierSetting> tiers) => tiers.Select(static one => (one.Series, TierForm.From(one).ToSetting().Keep is { Length: > 0 } keep ? keep : one.Keep));

    private void Check() => _faults = StorageTiers.Faults(ToSettings().Tiers);
}
