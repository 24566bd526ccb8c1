using System.Net;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LiveDash.Core.Notifications;

/// <summary>Registers what tells people of alerts.</summary>
public static class NotificationServices
{
    /// <summary>Adds the outbox, the channels and those who send. To be called after the store and before the first alert is judged.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<NotificationOptions>()
            .Bind(configuration.GetSection("LiveDash:Notifications"))
            .Validate(static o => o.AllowedAddresses.All(static text => IPNetwork.TryParse(text, out _)), "LiveDash:Notifications:AllowedAddresses must be networks such as 10.0.0.0/8.")
            .Validate(static o => o.MaxGroup is >= 1 and <= 1_000, "LiveDash:Notifications:MaxGroup must be from 1 to 1000.")
            .Validate(static o => o.Timeout > TimeSpan.Zero && o.GroupWait >= TimeSpan.Zero && o.GroupInterval >= TimeSpan.Zero && o.RepeatAfter > TimeSpan.Zero,
                "LiveDash:Notifications:Timeout and RepeatAfter must be positive, GroupWait and GroupInterval not negative.")
            .Validate(static o => o.PublicUrl.Length == 0 || (Uri.TryCreate(o.PublicUrl, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0),
                "LiveDash:Notifications:PublicUrl must be an address such as https://dash.example.org, without a query, or empty.")
            .ValidateOnStart();
        services.AddSingleton(static provider => provider.GetRequiredService<IOptions<NotificationOptions>>().Value);
        services.AddSingleton(static provider => new Outbox { ChannelsOf = provider.GetRequiredService<ChannelBook>().Of });
        services.AddSingleton<INoticePlanner>(static provider => provider.GetRequiredService<Outbox>());
        services.AddSingleton<ChannelBook>();
        services.AddSingleton<PersonalMail>();
        services.AddSingleton<TellingJournal>();
        services.AddSingleton<NoticeLinks>();
        services.AddSingleton<INotifier, WebhookNotifier>();
        services.AddSingleton<INotifier>(static provider => new MailNotifier(provider.GetRequiredService<NotificationOptions>()));
        services.AddSingleton<INotifier, CommandNotifier>();
        services.AddSingleton<INotifier, LogNotifier>();
        services.AddSingleton<NotificationDispatcher>();
        services.AddHostedService(static provider => provider.GetRequiredService<NotificationDispatcher>());
        return services;
    }
}
