/**
 * The audit subcategories of Windows (MS-GPAC 2.2.1.2 and ntsecapi). The GUID identifies one; names are decoration:
 * English (auditpol, GPMC) first, then German, French and Spanish as Windows shows them.
 */
export interface AuditSubcategory {
  /** Lower case, no braces. */
  readonly guid: string;
  /** Key of its legacy category in `[Event Audit]` (MS-GPSB 2.2.4). */
  readonly category: AuditCategory;
  /** Whether failure events are documented; null where the documentation is silent. */
  readonly hasFailure: boolean | null;
  readonly names: readonly [string, ...string[]];
}

export const auditCategories = [
  "AuditSystemEvents",
  "AuditLogonEvents",
  "AuditObjectAccess",
  "AuditPrivilegeUse",
  "AuditProcessTracking",
  "AuditPolicyChange",
  "AuditAccountManage",
  "AuditDSAccess",
  "AuditAccountLogon",
] as const;
export type AuditCategory = (typeof auditCategories)[number];

const guidTail = "-69ae-11d9-bed3-505054503030";

function subcategory(
  head: string,
  category: AuditCategory,
  hasFailure: boolean | null,
  ...names: [string, ...string[]]
): AuditSubcategory {
  return { guid: head + guidTail, category, hasFailure, names };
}

// One line a subcategory: a table, not code. oxfmt-ignore keeps it one.
// oxfmt-ignore
export const auditSubcategories: readonly AuditSubcategory[] = [
  subcategory("0cce9210", "AuditSystemEvents", false, "Security State Change", "Sicherheitsstatusänderung", "Modification de l’état de la sécurité", "Cambio de estado de seguridad"),
  subcategory("0cce9211", "AuditSystemEvents", false, "Security System Extension", "Sicherheitssystemerweiterung", "Extension système de sécurité", "Extensión del sistema de seguridad"),
  subcategory("0cce9212", "AuditSystemEvents", true, "System Integrity", "Systemintegrität", "Intégrité du système", "Integridad del sistema"),
  subcategory("0cce9213", "AuditSystemEvents", true, "IPsec Driver", "IPSEC-Treiber", "Pilote IPSEC", "Controlador IPsec"),
  subcategory("0cce9214", "AuditSystemEvents", true, "Other System Events", "Andere Systemereignisse", "Autres événements système", "Otros eventos de sistema"),
  subcategory("0cce9215", "AuditLogonEvents", true, "Logon", "Anmelden", "Ouvrir la session", "Inicio de sesión"),
  subcategory("0cce9216", "AuditLogonEvents", false, "Logoff", "Abmelden", "Fermer la session", "Cerrar sesión"),
  subcategory("0cce9217", "AuditLogonEvents", true, "Account Lockout", "Kontosperrung", "Verrouillage du compte", "Bloqueo de cuenta"),
  subcategory("0cce9218", "AuditLogonEvents", true, "IPsec Main Mode", "IPsec-Hauptmodus", "Mode principal IPsec", "Modo principal de IPsec"),
  subcategory("0cce9219", "AuditLogonEvents", false, "IPsec Quick Mode", "IPsec-Schnellmodus", "Mode rapide IPsec", "Modo rápido de IPsec"),
  subcategory("0cce921a", "AuditLogonEvents", false, "IPsec Extended Mode", "IPsec-Erweiterungsmodus", "Mode étendu IPsec", "Modo extendido de IPsec"),
  subcategory("0cce921b", "AuditLogonEvents", false, "Special Logon", "Spezielle Anmeldung", "Ouverture de session spéciale", "Inicio de sesión especial"),
  subcategory("0cce921c", "AuditLogonEvents", true, "Other Logon/Logoff Events", "Andere Anmelde-/Abmeldeereignisse", "Autres événements d’ouverture/fermeture de session", "Otros eventos de inicio y cierre de sesión", "Other Logon/Logoff"),
  subcategory("0cce921d", "AuditObjectAccess", true, "File System", "Dateisystem", "Système de fichiers", "Sistema de archivos"),
  subcategory("0cce921e", "AuditObjectAccess", true, "Registry", "Registrierung", "Registre", "Registro"),
  subcategory("0cce921f", "AuditObjectAccess", true, "Kernel Object", "Kernelobjekt", "Objet de noyau", "Objeto de kernel"),
  subcategory("0cce9220", "AuditObjectAccess", true, "SAM"),
  subcategory("0cce9221", "AuditObjectAccess", null, "Certification Services", "Zertifizierungsdienste", "Services de certification", "Servicios de certificación"),
  subcategory("0cce9222", "AuditObjectAccess", null, "Application Generated", "Anwendung wurde generiert.", "Généré par application", "Aplicación generada"),
  subcategory("0cce9223", "AuditObjectAccess", false, "Handle Manipulation", "Handleänderung", "Manipulation de handle", "Manipulación de identificadores"),
  subcategory("0cce9224", "AuditObjectAccess", true, "File Share", "Dateifreigabe", "Partage de fichiers", "Recurso compartido de archivos"),
  subcategory("0cce9225", "AuditObjectAccess", true, "Filtering Platform Packet Drop", "Filterplattform: Verworfene Pakete", "Rejet de paquet par la plateforme de filtrage", "Colocación de paquetes de Plataforma de filtrado"),
  subcategory("0cce9226", "AuditObjectAccess", true, "Filtering Platform Connection", "Filterplattformverbindung", "Connexion de la plateforme de filtrage", "Conexión de Plataforma de filtrado"),
  subcategory("0cce9227", "AuditObjectAccess", true, "Other Object Access Events", "Andere Objektzugriffsereignisse", "Autres événements d’accès à l’objet", "Otros eventos de acceso a objetos", "Other Object Access"),
  subcategory("0cce9228", "AuditPrivilegeUse", true, "Sensitive Privilege Use", "Sensible Verwendung von Rechten", "Utilisation de privilèges sensibles", "Uso de privilegio confidencial"),
  subcategory("0cce9229", "AuditPrivilegeUse", true, "Non Sensitive Privilege Use", "Nicht sensible Verwendung von Rechten", "Utilisation de privilèges non sensibles", "Uso de privilegio no confidencial", "Non-Sensitive Privilege Use"),
  subcategory("0cce922a", "AuditPrivilegeUse", false, "Other Privilege Use Events", "Andere Rechteverwendungsereignisse", "Autres événements d’utilisation de privilèges", "Otros eventos de uso de privilegio"),
  subcategory("0cce922b", "AuditProcessTracking", false, "Process Creation", "Prozesserstellung", "Création du processus", "Creación del proceso"),
  subcategory("0cce922c", "AuditProcessTracking", false, "Process Termination", "Prozessbeendigung", "Fin du processus", "Finalización del proceso"),
  subcategory("0cce922d", "AuditProcessTracking", true, "DPAPI Activity", "DPAPI-Aktivität", "Activité DPAPI", "Actividad DPAPI"),
  subcategory("0cce922e", "AuditProcessTracking", false, "RPC Events", "RPC-Ereignisse", "Événements RPC", "Eventos de RPC"),
  subcategory("0cce922f", "AuditPolicyChange", false, "Audit Policy Change", "Richtlinienänderungen überwachen", "Modification de la stratégie d’audit", "Cambio en la directiva de auditoría"),
  subcategory("0cce9230", "AuditPolicyChange", false, "Authentication Policy Change", "Authentifizierungsrichtlinienänderung", "Modification de la stratégie d’authentification", "Cambio de la directiva de autenticación"),
  subcategory("0cce9231", "AuditPolicyChange", false, "Authorization Policy Change", "Autorisierungsrichtlinienänderung", "Modification de la stratégie d’autorisation", "Cambio de la directiva de autorización"),
  subcategory("0cce9232", "AuditPolicyChange", true, "MPSSVC Rule-Level Policy Change", "MPSSVC-Richtlinienänderung auf Regelebene", "Modification de la stratégie de niveau règle MPSSVC", "Cambio de la directiva del nivel de reglas de MPSSVC"),
  subcategory("0cce9233", "AuditPolicyChange", true, "Filtering Platform Policy Change", "Filterplattform-Richtlinienänderung", "Modification de la stratégie de plateforme de filtrage", "Cambio de la directiva de Plataforma de filtrado"),
  subcategory("0cce9234", "AuditPolicyChange", true, "Other Policy Change Events", "Andere Richtlinienänderungsereignisse", "Autres événements de modification de stratégie", "Otros eventos de cambio de directivas"),
  subcategory("0cce9235", "AuditAccountManage", true, "User Account Management", "Benutzerkontenverwaltung", "Gestion des comptes d’utilisateur", "Administración de cuentas de usuario"),
  subcategory("0cce9236", "AuditAccountManage", false, "Computer Account Management", "Computerkontoverwaltung", "Gestion des comptes d’ordinateur", "Administración de cuentas de equipo"),
  subcategory("0cce9237", "AuditAccountManage", false, "Security Group Management", "Sicherheitsgruppenverwaltung", "Gestion des groupes de sécurité", "Administración de grupos de seguridad"),
  subcategory("0cce9238", "AuditAccountManage", false, "Distribution Group Management", "Verteilergruppenverwaltung", "Gestion des groupes de distribution", "Administración de grupos de distribución"),
  subcategory("0cce9239", "AuditAccountManage", false, "Application Group Management", "Anwendungsgruppenverwaltung", "Gestion des groupes d’applications", "Administración de grupos de aplicaciones"),
  subcategory("0cce923a", "AuditAccountManage", false, "Other Account Management Events", "Andere Kontoverwaltungsereignisse", "Autres événements de gestion des comptes", "Otros eventos de administración de cuentas"),
  subcategory("0cce923b", "AuditDSAccess", true, "Directory Service Access", "Verzeichnisdienstzugriff", "Accès au service d’annuaire", "Acceso del servicio de directorio"),
  subcategory("0cce923c", "AuditDSAccess", false, "Directory Service Changes", "Verzeichnisdienständerungen", "Modification du service d’annuaire", "Cambios de servicio de directorio"),
  subcategory("0cce923d", "AuditDSAccess", true, "Directory Service Replication", "Verzeichnisdienstreplikation", "Réplication du service d’annuaire", "Replicación de servicio de directorio"),
  subcategory("0cce923e", "AuditDSAccess", true, "Detailed Directory Service Replication", "Detaillierte Verzeichnisdienstreplikation", "Réplication du service d’annuaire détaillé", "Replicación de servicio de directorio detallada"),
  subcategory("0cce923f", "AuditAccountLogon", true, "Credential Validation", "Überprüfung der Anmeldeinformationen", "Validation des informations d’identification", "Validación de credenciales"),
  subcategory("0cce9240", "AuditAccountLogon", true, "Kerberos Service Ticket Operations", "Ticketvorgänge des Kerberos-Diensts", "Opérations de ticket du service Kerberos", "Operaciones de vales de servicio Kerberos"),
  subcategory("0cce9241", "AuditAccountLogon", null, "Other Account Logon Events", "Andere Kontoanmeldungsereignisse", "Autres événements d’ouverture de session", "Otros eventos de inicio de sesión de cuentas"),
  subcategory("0cce9242", "AuditAccountLogon", true, "Kerberos Authentication Service", "Kerberos-Authentifizierungsdienst", "Service d’authentification Kerberos", "Servicio de autenticación Kerberos"),
  subcategory("0cce9243", "AuditLogonEvents", null, "Network Policy Server", "Netzwerkrichtlinienserver", "Serveur NPS", "Servidor de directivas de redes"),
  subcategory("0cce9244", "AuditObjectAccess", true, "Detailed File Share", "Detaillierte Dateifreigabe", "Partage de fichiers détaillé", "Recurso compartido de archivos detallado"),
  subcategory("0cce9245", "AuditObjectAccess", true, "Removable Storage", "Wechselmedien", "Stockage amovible", "Almacenamiento extraíble"),
  subcategory("0cce9246", "AuditObjectAccess", false, "Central Policy Staging", "Central Access Policy Staging", "Staging zentraler Richtlinien", "Stratégie centralisée intermédiaire", "Almacenamiento provisional de directiva central"),
  subcategory("0cce9247", "AuditLogonEvents", false, "User / Device Claims", "Benutzer-/Geräteansprüche", "Revendications utilisateur/de périphérique", "Notificaciones de usuario o dispositivo", "User/Device Claims"),
  subcategory("0cce9248", "AuditProcessTracking", false, "Plug and Play Events", "PNP Activity", "Plug & Play-Ereignisse", "Événements Plug-and-Play", "Eventos Plug and Play"),
  subcategory("0cce9249", "AuditLogonEvents", false, "Group Membership", "Gruppenmitgliedschaft", "Appartenance à un groupe", "Pertenencia a grupos"),
  subcategory("0cce924a", "AuditProcessTracking", false, "Token Right Adjusted Events", "Token Right Adjusted", "Ereignisse zu angepassten Tokenrechten", "Événements de jeton ajustés à droite", "Eventos de ajuste de derecho de token"),
  subcategory("0cce924b", "AuditLogonEvents", null, "Access Rights", "Zugriffsrechte"),
];

const byGuid = new Map(auditSubcategories.map((entry) => [entry.guid, entry]));

/** The subcategory of a GUID (lower case, no braces), or undefined. */
export function findAuditSubcategory(guid: string): AuditSubcategory | undefined {
  return byGuid.get(guid);
}
