using LiveDash.Core.Accounts;
using LiveDash.Web.Security.Sharing;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LiveDash.Web.Security.Identity;

/// <summary>Registers ASP.NET Core Identity over the records of the core, and the cookies of those who signed in.</summary>
internal static class IdentityServices
{
    /// <summary>Rounds of PBKDF2 with HMAC-SHA512, as OWASP asks for (Password Storage Cheat Sheet); a hash with fewer is made anew at the next sign-in.</summary>
    private const int HashRounds = 210_000;

    /// <summary>Wrong passwords in a row that lock an account.</summary>
    private const int TriesBeforeLock = 10;

    /// <summary>Adds them. Only where people sign in: elsewhere no request pays for it.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="refused">The file of passwords that nobody may take, of the settings; null for none.</param>
    /// <param name="isFramed">True where pages of other sites may show share links in a frame.</param>
    public static void AddAccountIdentity(this IServiceCollection services, string? refused, bool isFramed)
    {
        services.AddSingleton(new RefusedPasswords(refused));
        // Without state, so one for all; Identity's own would be one a request.
        services.AddSingleton<IPasswordHasher<AccountUser>, PasswordHasher<AccountUser>>();
        services.AddIdentityCore<AccountUser>(static options =>
            {
                options.Password.RequiredLength = PasswordRules.MinLength;
                options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = TriesBeforeLock;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddUserStore<DocumentUserStore>()
            .AddPasswordValidator<PasswordRules>()
            .AddSignInManager()
            .AddTokenProvider<OneTimeCodes>(TokenOptions.DefaultAuthenticatorProvider);
        services.Configure<IdentityPasskeyOptions>(static options =>
        {
            // A finger, a face or a PIN each time, so that one is two factors; found without a name, so that nobody asks whose there are.
            options.UserVerificationRequirement = options.ResidentKeyRequirement = "required";
            options.AuthenticatorTimeout = PasskeyCeremonies.Patience;
        });
        services.Configure<PasswordHasherOptions>(static options => options.IterationCount = HashRounds);
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure(static cookie =>
        {
            cookie.Cookie.Name = "livedash";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.CookieManager = new PrefixedCookies();
            cookie.EventsType = typeof(SessionCookies);
            // The session on the server says how long it lasts.
            cookie.ExpireTimeSpan = SessionBook.Longest;
            cookie.SlidingExpiration = false;
        });
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme).Configure(static cookie =>
        {
            cookie.Cookie.Name = "livedash-half";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.CookieManager = new PrefixedCookies();
            cookie.ExpireTimeSpan = SecondFactorDesk.Patience;
            cookie.SlidingExpiration = false;
        });
        services.AddAuthentication().AddCookie(SharedCookies.Scheme, cookie =>
        {
            cookie.Cookie.Name = "livedash-share";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.CookieManager = isFramed ? new FramedCookies() : new PrefixedCookies();
            cookie.ExpireTimeSpan = SessionBook.Longest;
            cookie.SlidingExpiration = false;
        });
        services.AddSingleton<SharedCookies>();
        services.AddSingleton<SessionCookies>();
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<UnknownUser>();
        services.AddScoped<SecondFactorDesk>();
        services.AddScoped<SignInDesk>();
        services.AddScoped<PasskeyDesk>();
        services.AddSingleton<PasskeyCeremonies>();
        services.TryAddScoped<IPasskeyHandler<AccountUser>, PasskeyHandler<AccountUser>>();
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<ForgottenPasswords>();
        services.AddHostedService(static provider => provider.GetRequiredService<ForgottenPasswords>());
        services.AddHostedService<FirstRun>();
    }
}
