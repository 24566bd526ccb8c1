using LiveDash.Core.Model;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Configuration;

/// <summary>What <see cref="WindowSettings"/> mean: patterns and windows read once. Immutable, so safe on any thread.</summary>
public sealed class WindowPlan
{
    private readonly (SeriesPattern Pattern, WindowChoice Choice)[] _overrides;

    /// <summary>Reads valid settings.</summary>
    /// <exception cref="FormatException">They are not valid; ask <see cref="WindowSettingsValidator"/> first.</exception>
    public WindowPlan(WindowSettings settings)
    {
        Settings = settings;
        Default = new WindowChoice(WindowSpec.Parse(settings.Default), WindowOptions.Default.AllowedLateness);
        _overrides = [.. settings.Overrides.Select(Read)];
    }

    /// <summary>What the user wrote.</summary>
    public WindowSettings Settings { get; }

    /// <summary>The window of every series that no override names.</summary>
    public WindowChoice Default { get; }

    /// <summary>The window of a series: that of the first override that matches, else the default.</summary>
    public WindowChoice Choose(SeriesKey key)
    {
        foreach (var (pattern, choice) in _overrides)
        {
            if (pattern.Matches(key)) return choice;
        }

        return Default;
    }

    private static (SeriesPattern Pattern, WindowChoice Choice) Read(WindowOverride one)
    {
        if (!SeriesPattern.TryParse(one.Series, out var pattern)) throw new FormatException($"'{one.Series}' is not a series pattern.");
        if (!WindowSettingsValidator.TryReadLateness(one.Lateness, out var lateness)) throw new FormatException($"'{one.Lateness}' is not a lateness.");
        return (pattern!, new WindowChoice(WindowSpec.Parse(one.Window), lateness));
    }
}
