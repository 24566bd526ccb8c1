using System.Net;
using Bunit;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Layout;
using LiveDash.Web.ViewModels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveDash.Tests.Regressions;

/// <summary>What was lost on disk is said on every page until somebody takes note of it, and by API.</summary>
public sealed class DamageTests
{
    [Fact]
    public void Banner_ADamage_SaysWhatIsLostUntilAcknowledged()
    {
        using var context = new BunitContext();
        var store = new Damaged();
        context.Services.AddSingleton<IStoreDamages>(store);
        context.Services.AddSingleton(TimeProvider.System);
        context.Services.AddSingleton(Visitors.Anybody);
        context.Services.AddScoped<ViewZone>();
        var banner = context.Render<DamageBanner>();
        Assert.Contains("A block of 4096 points of cpu.load{host=web1} is damaged", banner.Markup, StringComparison.Ordinal);
        Assert.Contains("Lost: 2026-01-01 00:00:00 to 2026-01-01 01:08:16, pages 812, 813 of the database", banner.Markup, StringComparison.Ordinal);

        banner.Find("button").Click();

        banner.WaitForAssertion(() => Assert.Empty(banner.Markup.Trim()));
        Assert.True(Assert.Single(store.Damages).IsAcknowledged);
    }

    [Fact]
    public async Task Api_ADamage_IsListedAndAcknowledged()
    {
        var store = new Damaged();
        await using var app = await LiveApp.StartAsync(builder => builder.Services.Replace(ServiceDescriptor.Singleton<IStoreDamages>(store)));
        var listed = await app.GetAsync("/api/damages");
        Assert.Contains("\"series\":\"cpu.load{host=web1}\"", listed, StringComparison.Ordinal);
        Assert.Contains("\"pages\":[812,813]", listed, StringComparison.Ordinal);
        Assert.Contains("\"points\":4096", listed, StringComparison.Ordinal);

        using var unknown = await app.Client.PostAsync(new Uri("/api/damages/none/ack", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var known = await app.Client.PostAsync(new Uri("/api/damages/d1/ack", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.NoContent, known.StatusCode);
        Assert.Contains("\"isAcknowledged\":true", await app.GetAsync("/api/damages"), StringComparison.Ordinal);
    }

    private sealed class Damaged : IStoreDamages
    {
        private StoreDamage _one = new()
        {
            Id = "d1", FoundAt = DateTimeOffset.UnixEpoch, Part = "block", Series = "cpu.load{host=web1}", Points = 4096, Pages = [812, 813],
            From = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), To = new DateTimeOffset(2026, 1, 1, 1, 8, 16, TimeSpan.Zero),
            Detail = "A block of 4096 points of cpu.load{host=web1} is damaged and was set apart: The checksum is wrong.",
        };

        public IReadOnlyList<StoreDamage> Damages => [_one];

        public Task<bool> AcknowledgeAsync(string id, CancellationToken cancellationToken)
        {
            if (id != _one.Id) return Task.FromResult(false);
            _one = _one with { IsAcknowledged = true };
            return Task.FromResult(true);
        }
    }
}
