"""The words by which prose names a person, and the names of things that only look like one."""


def words(text: str) -> frozenset[str]:
    """The words of a text, for lists that read better so than as literals."""
    return frozenset(text.split())


# Words for one person or several, as the head of a phrase: "the on-call engineer", "two developers".
ROLES = words(
    """
    engineer developer dev programmer coder sysadmin administrator admin dba sre tester architect analyst consultant
    contractor freelancer technician electrician specialist expert scientist designer intern trainee apprentice student
    newcomer employee colleague coworker co-worker teammate person individual guy human man woman
    on-call oncall on-caller reviewer approver author committer maintainer contributor assignee director executive cto
    ceo cio vp officer clerk volunteer lead commander scribe helpdesk ic representative salesperson secretary boss
    marketer accountant predecessor successor
    """
)
PLURALS = frozenset(f"{word}s" for word in ROLES) | words(
    "people staff personnel men women folks operators managers owners supervisors responders"
)

# Roles that software bears as well: they count as persons only with a verb that software does not do.
SHARED_ROLES = words(
    """
    operator manager owner supervisor responder deployer submitter operations
    """
)
# What makes a shared role a person: "an operator", "the night operator"; the controller in a cluster is "the operator".
HUMAN_SIGNS = words(
    """
    a an another one our his her their two three lead plant night human grid shift junior senior experienced console duty
    control treatment remote engineering product project release change incident line team team's it account store branch
    previous former new first second
    """
)
# Words that are a person only behind one of these: "a team member", "the support agent", "the shift leader".
BEHIND = {
    "member": frozenset(["team", "staff", "crew", "squad", "board", "shift", "group"]),
    "members": frozenset(["team", "staff", "crew", "squad", "board", "shift", "group"]),
    "agent": frozenset(["support", "service", "customer", "helpdesk", "field", "call-centre", "call-center", "desk"]),
    "agents": frozenset(["support", "service", "customer", "helpdesk", "field", "call-centre", "call-center", "desk"]),
    "leader": frozenset(["team", "shift", "squad", "tech", "technical", "project", "crew"]),
    "leaders": frozenset(["team", "shift", "squad", "tech", "technical", "project", "crew"]),
    "hire": frozenset(["new"]),
    "hires": frozenset(["new"]),
    "joiner": frozenset(["new"]),
    "joiners": frozenset(["new"]),
    "handler": frozenset(["incident"]),
    "driver": frozenset(["incident", "release"]),
    "worker": frozenset(["warehouse", "shift", "support", "factory", "field", "utility", "construction"]),
    "workers": frozenset(["warehouse", "shift", "support", "factory", "field", "utility", "construction"]),
}
# What makes a shared role a piece of software: "the Kubernetes operator", "the package manager".
SOFTWARE = words(
    """
    kubernetes k8s cluster package session cert certificate certificates secret secrets password window device resource
    queue task job state memory container config configuration process traffic connection transaction lock node network
    prometheus postgres postgresql mysql redis kafka elastic elasticsearch vault istio strimzi mongodb rabbitmq flink
    custom service volume storage cache partition file boot display layout plugin dependency version credential ocsp
    and or ternary bitwise comparison logical not spread dag airflow system topology
    """
)
GROUPS = words(
    """
    team teams crew crews squad squads department departments management leadership ops devops support qa noc soc
    shift
    """
)
COMPANIES = words("vendor vendors provider providers supplier suppliers hoster company organisation organization")
# Outsiders: what they forget or get wrong is a fact about the product, never about a colleague.
OUTSIDERS = words(
    """
    user users customer customers client clients visitor visitors subscriber subscribers merchant merchants shopper
    shoppers attacker attackers hacker hackers adversary impersonator buyer buyers seller sellers guest guests player
    players farmer farmers tenant tenants caller callers reader readers anyone those
    """
)
SOMEBODY = frozenset(["he", "she", "someone", "somebody", "nobody", "no-one", "anybody", "everybody", "everyone"])
TITLES = words("mr mr. mrs mrs. ms ms. dr dr.")
NOBODY = frozenset(["nobody", "no-one", "none"])

# Software, products and companies that stand where a first name might stand.
PRODUCTS = words(
    """
    git github gitlab gitea gerrit jenkins travis circleci bamboo hudson spinnaker argo argocd flux tekton terraform
    ansible puppet chef salt vault consul nomad packer vagrant docker podman kubernetes helm istio envoy nginx apache
    tomcat jetty haproxy traefik varnish redis memcached kafka rabbitmq zookeeper etcd postgres postgresql mysql
    mariadb oracle mongodb mongo cassandra scylla elasticsearch opensearch solr kibana logstash grafana prometheus
    alertmanager loki tempo jaeger zipkin datadog splunk sentry pagerduty opsgenie statuspage slack teams jira
    confluence zendesk salesforce stripe paypal adyen braintree twilio sendgrid mailgun aws azure google amazon gcp
    cloudflare fastly akamai heroku vercel netlify linode hetzner microsoft apple meta facebook twitter linkedin
    intel linux windows ubuntu debian fedora centos systemd chrony cron celery sidekiq airflow spark hadoop flink
    snowflake bigquery redshift dynamo dynamodb lambda okta auth keycloak ldap kerberos active android chrome firefox
    safari edge python java ruby rust golang node django rails flask spring react angular vue webpack maven gradle
    bazel npm yarn pip karpenter calico cilium coredns bind unbound postfix dovecot exim samba ceph gluster minio
    kinesis sqs sns rds route dependabot renovate sonarqube nexus artifactory harbor keda knative rancher openshift
    hystrix zuul eureka ribbon feign hibernate kubelet kubectl boskos prow plank bosun nagios zabbix icinga sensu
    telegraf influx fluentd fluentbit vector beats newrelic dynatrace honeycomb launchdarkly optimizely segment
    everything nothing something anything it this that these those there here which who what both neither either
    none all most some many few monitoring traffic production staging support marketing finance engineering security
    management legal sales operations deployment replication failover recovery storage network checkout search billing
    payment payments login identity catalog inventory shipping notification notifications
    """
)

# Common first names from many places; names that are also well-known software are left out on purpose.
FIRST_NAMES = words(
    """
    aaron abby abdul abdullah abigail adam adrian adriana agnes agnieszka ahmad ahmed aidan aiko aisha ajay akira alain
    alan alana albert alejandro alena alessandro alex alexander alexandra alexei alexis alfred ali alice alicia alina
    alison allen alok alvin amanda amelia amina amir amit amy ana anastasia anders andre andrea andreas andrei andrew
    andy angela anika anil anita anjali ankit ann anna anne annika anthony anton antonio anya ari ariel arjun armando
    arnaud arne arthur arun asha ashley ashok astrid aurora axel ayesha barbara barry beatrice becky ben benedikt
    benjamin bernard bert beth bianca bill billy birgit bjorn bob bogdan boris brad brandon brenda brendan brent brett
    brian bridget britta bruce bruno bryan caleb callum cameron camila camille carl carla carlos carmen carol caroline
    catherine cathy cecilia cesar chad chandra charles charlie charlotte chen chiara chloe chris christian christina
    christine christoph christopher ciara cindy claire clara claudia colin connor corey craig cristina curtis cynthia
    daan daisy damian damien dan dana daniel daniela danielle danny darren dave david dawid dean deborah deepa deepak
    denis dennis derek diana diego dieter dimitri dinesh dirk dmitri dmitry dominic dominik don donald donna doris doug
    douglas drew duncan dylan ed eddie edith eduardo edward edwin eileen elaine elena eli elias elif elijah elisa
    elisabeth elise elizabeth ella ellen ellie elliot elsa emanuel emil emilia emily emma emre eric erica erik erika
    ernesto esra esther ethan eugene eva evan evelyn evgeny fabian fabio farah farid fatima federico felipe felix
    fernando filip finn fiona florian fran frances francesca francesco francisco francois frank franz fred frederic
    fredrik gabriel gabriela gareth gary gavin geoff george georgia gerald gerard gina giorgio giovanni giulia giuseppe
    glenn gloria gordon grace graham grant greg gregor gregory greta guido guillaume gustav gustavo hailey hamza han
    hanna hannah hans harald haris harold harriet harry haruto hassan heather hector heidi heiko helen helena helga
    henrik henry herbert hiro hiroshi holger holly howard hugh hugo hussein ian ibrahim igor ilona ilya imran ines
    ingrid irene irina isaac isabel isabella ismail ivan ivana jack jackie jacob jacques jaime jake jakob jakub james
    jamie jan jana jane janet janine jared jasmin jason javier jay jean jeff jeffrey jen jennifer jenny jens jeremy
    jerome jerry jesper jess jesse jessica jesus jill jim jimmy jin jing joan joanna joao joaquin jochen joe joel
    joerg johan johanna johannes john johnny jon jonas jonathan jordan jorge jose josef joseph josh joshua joyce juan
    judith judy julian juliane julie juliette jun jurgen justin justyna jörg jürgen kai kaito kamal kamil karan kareem
    karen karim karin karl karla kasper kate katharina katherine kathleen kathy katie katja katrin kavita kayla keiko
    keith kelly ken kenji kenneth kerstin kevin khalid kim kiran kirsten klaus koen krishna kristen kristin kristina
    kristof krzysztof kumar kurt kyle lakshmi lara larry lars laura lauren laurent lea leah lee leila lena leo leon
    leonard leonardo leonie leslie li liam lidia lily lin lina linda ling lisa liu logan lorenzo lothar louis louise
    luca lucas lucia lucie lucy luis luisa luka lukas luke lydia lynn maarten maciej madison magda magdalena magnus
    mahmoud maja malik manfred manoj manuel manuela marc marcel marcela marcin marco marcos marcus maren margaret maria
    mariam marie marina mario marion marius mark markus marta martha martin martina marty marvin mary maryam mateo
    mateusz mathias mathieu mats matt matteo matthew matthias maurice mauro max maxim maya mehdi mehmet mei melanie
    melissa mia michael michal michel michelle miguel mika mikael mike mikhail milan milena min ming mira miranda
    miriam mohamed mohammad mohammed mohan molly mona monica monika monique morgan moritz muhammad mustafa nadia nadine
    naomi nasser natalia natalie natasha nate nathan navin neha neil nell nia nicholas nick nicola nicolas nicole niels
    niklas nikola nikolai nils nina nitin noah noel noor nora norbert norman odile ola olaf ole oleg olga oliver olivia
    olivier omar oscar oskar otto owen pablo pam pamela paola paolo pascale pat patricia patrick patrik paul paula
    pauline pavel pawel pedro peggy penelope per pete peter petra phil philip philipp philippe phoebe pierre piotr
    pooja prakash pranav prasad preeti priya rachel radek rafael rahul raj rajesh ralf ralph ramesh ramon randy raquel
    rashid raul ravi raymond rebecca reinhard renata rene reza rhys ricardo richard rick rita rob robert roberta
    roberto robin rodrigo roger rohan rohit roland roman romain ron ronald rosa rosie ross roxana roy ruben rudi
    rudolf rui ryan sabine sabrina sadia said sajid sally salma sam samantha samir samuel sana sandeep sandra sandy
    sanjay santiago sara sarah sascha sasha satoshi saul scott sean sebastian selena selin serena serge sergei sergey
    sergio seth shane shannon sharon shaun shawn sheila shen shirley shreya silke silvia simon simona simone sofia
    sofie sonia sonja sophia sophie soren stacy stan stefan stefanie stephan stephanie stephen steve steven stewart
    stuart sue suman sunil suresh susan susanna susanne suzanne sven svetlana sylvia søren tamara tania tanja tanya
    tara tariq tatiana ted teresa terry thea theo theresa thierry thomas thorsten tiago tiffany tim timo timothy tina
    tobias toby todd tom tomas tomasz tommy toni tony torsten tracy trevor tristan troy tyler udo ulf uli ulrich ulrike
    umar ursula uwe valentin valentina valerie vanessa vera veronica veronika vicky victor vijay vikram
    viktor vince vincent vinod viola virginia vivek vivian vlad vladimir walter wanda wang warren wayne wei wendy
    werner will william wolfgang xavier xiao yan yang yannick yasmin yasmine yi yosef yoshi youssef yuki yuri yusuf
    yvette yvonne zach zachary zahra zainab zane zara zeynep zhang zoe zofia zoltan
    álvaro ángel åsa çağlar émile łukasz
    """
)
